import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Branch, MountError } from '../backend.js';
import { bytes } from '../bytes.js';
import { mountCommand } from './command-line.js';
import type { Description } from './description.js';

const places = { work: bytes('/s/work'), empty: bytes('/s/empty'), mountPoint: bytes('/m') };

function branch(path: string, mode: Branch['mode']): Branch {
  return { name: path, path: bytes(path), mode };
}

function description(more: Partial<Description>): Description {
  const mount = ['overlayish', '-o', 'lowerdir={lowers},upperdir={upper},workdir={work}', '{mountpoint}'];
  const base = { name: 'u', title: 'u', capabilities: [], whiteouts: 'none', version: ['u'], mount } as const;
  return { ...base, lifetime: 'foreground', ...more };
}

const pool = description({
  mount: ['pool', '{branches}', '{mountpoint}'],
  branches: { format: '{path}={mode}', separator: ':', modes: { rw: 'RW', ro: 'RO', 'ro+wh': 'WH' } },
  paths: { 'cannot-have': ':' },
});

test('upper, lowers and work are filled in', () => {
  const command = mountCommand(
    description({}),
    [branch('/a', 'rw'), branch('/b', 'ro'), branch('/c', 'rr')],
    places,
  );
  assert.deepEqual(command, ['overlayish', '-o', 'lowerdir=/b:/c,upperdir=/a,workdir=/s/work', '/m']);
});

test('a union without lower branches gets an empty one', () => {
  assert.match(mountCommand(description({}), [branch('/a', 'rw')], places)[2] ?? '', /^lowerdir=\/s\/empty,/);
});

test('a union without a writable branch has a command of its own', () => {
  const readOnly = { 'mount-read-only': ['overlayish', 'lowerdir={lowers}', '{mountpoint}'] };
  const branches = [branch('/a', 'ro'), branch('/b', 'ro')];
  assert.deepEqual(mountCommand(description(readOnly), branches, places), [
    'overlayish',
    'lowerdir=/a:/b',
    '/m',
  ]);
  assert.throws(() => mountCommand(description({}), branches, places), MountError);
});

test('only the highest branch can be an upper directory', () => {
  const branches = [branch('/a', 'rw'), branch('/b', 'rw')];
  assert.throws(
    () => mountCommand(description({}), branches, places),
    /only its highest branch can be writable/,
  );
});

test('branches are written in the words of the union; a mode it does not know is ro', () => {
  const branches = [branch('/a', 'rw'), branch('/b', 'ro+wh'), branch('/c', 'rr')];
  assert.deepEqual(mountCommand(pool, branches, places), ['pool', '/a=RW:/b=WH:/c=RO', '/m']);
});

test('paths are escaped, and refused where they cannot be said', () => {
  const escaping = description({ paths: { escape: { ',': '\\,' } } });
  assert.match(mountCommand(escaping, [branch('/a,b', 'rw')], places)[2] ?? '', /upperdir=\/a\\,b,/);
  assert.throws(
    () => mountCommand(pool, [branch('/a:b', 'ro')], places),
    /cannot name \/a:b, for the : in it/,
  );
  assert.throws(() => mountCommand(pool, [branch('/\\xff', 'ro')], places), /is not UTF-8/);
});

test('a branch that looks like a placeholder is not one', () => {
  assert.equal(mountCommand(pool, [branch('/{mountpoint}', 'ro')], places)[1], '/{mountpoint}=RO');
  assert.equal(mountCommand(pool, [branch('/{mode}$&', 'ro')], places)[1], '/{mode}$&=RO');
});
