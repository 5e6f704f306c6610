import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Branch } from '../../backend.js';
import type { Bytes } from '../../bytes.js';
import { changeOption, isMisread, mountCalls } from './options.js';

const plain = (path: Bytes): string => path;

function branch(name: string, mode: Branch['mode']): Branch {
  return { name, mode, path: `/b/${name}` as Bytes };
}

const branches = [branch('upper', 'rw'), branch('middle', 'ro+wh'), branch('lower', 'ro')];

test('branches are named highest first, each with its mode', () => {
  assert.deepEqual(mountCalls(branches, {}, '/s/xino', plain), {
    mount: 'xino=/s/xino,br=/b/upper=rw:/b/middle=ro+wh:/b/lower=ro',
    remounts: [],
  });
});

test('modes that are not said are left to aufs', () => {
  const { mount } = mountCalls(branches, { modes: 'unsaid' }, '/s/xino', plain);
  assert.equal(mount, 'xino=/s/xino,br=/b/upper:/b/middle:/b/lower');
});

test('policies and direct access are options of their own', () => {
  const options = {
    creation: 'pmfs',
    copyUp: 'bup',
    directAccess: 'notify',
    permissions: 'highest',
  } as const;
  assert.equal(
    mountCalls(branches, options, '/s/xino', plain).mount,
    'xino=/s/xino,create=pmfs,cpup=bup,br=/b/upper=rw:/b/middle=ro+wh:/b/lower=ro,udba=notify,dirperm1',
  );
});

test('many branches are appended one by one: 127 in one call are an oops', () => {
  const many = Array.from({ length: 127 }, (_, index) => branch(`b${index}`, index === 0 ? 'rw' : 'ro'));
  const { mount, remounts } = mountCalls(many, {}, '/s/xino', plain);
  const named = mount.slice(mount.indexOf('br=')).split(':');
  assert.ok(named.length <= 70, `${named.length} branches in one call`);
  assert.equal(named.length + remounts.length, 127);
  assert.equal(remounts.at(-1), 'append=/b/b126=ro');
});

test('a change of the branches is one option', () => {
  const extra = branch('extra', 'ro');
  const path = extra.path;
  assert.equal(changeOption({ change: 'append', branch: extra }, plain), 'append=/b/extra=ro');
  assert.equal(changeOption({ change: 'prepend', branch: extra }, plain), 'prepend=/b/extra=ro');
  assert.equal(changeOption({ change: 'insert', branch: extra, at: 2 }, plain), 'add:2:/b/extra=ro');
  assert.equal(changeOption({ change: 'delete', path }, plain), 'del=/b/extra');
  assert.equal(changeOption({ change: 'mode', path, mode: 'rr+wh' }, plain), 'mod=/b/extra=rr+wh');
});

test('a path with a separator in it would be misread', () => {
  for (const path of ['co:lon', 'com,ma', 'eq=ual']) assert.equal(isMisread(path as Bytes), true);
  for (const path of ['sp ace', 'back\\slash', 'line\nfeed']) assert.equal(isMisread(path as Bytes), false);
});
