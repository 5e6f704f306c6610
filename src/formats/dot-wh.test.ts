import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Bytes, bytes } from '../bytes.js';
import { type Entry, treeOf } from '../tree/tree.js';
import { dotWh } from './dot-wh.js';

function entry(path: string, kind: Entry['kind'] = 'file'): Entry {
  const mtime = { seconds: 0, nanoseconds: 0 };
  return { path: bytes(path), kind, mode: 0o644, uid: 0, gid: 0, nlink: 1, mtime, attributes: {} };
}

function interpreted(...entries: readonly Entry[]): string[] {
  return [...dotWh.interpret(treeOf(entries)).values()].map(
    ({ path, kind, opaque }) => `${path} ${kind}${opaque ? ' opaque' : ''}`,
  );
}

test('markers become what they mean, and bookkeeping is left out', () => {
  assert.deepEqual(
    interpreted(
      entry('', 'directory'),
      entry('.wh..wh.aufs'),
      entry('.wh..wh.plnk', 'directory'),
      entry('.wh..wh.plnk/7000-1.2'),
      entry('.wh.gone'),
      entry('d', 'directory'),
      entry('d/.wh..wh..opq'),
      entry('d/.wh.x'),
      entry('.wh'),
      entry('.whx'),
    ),
    [' directory', '.wh file', '.whx file', 'd directory opaque', 'd/x whiteout', 'gone whiteout'],
  );
});

test('a whiteout beside an entry of its name is a leftover', () => {
  assert.deepEqual(interpreted(entry('x'), entry('.wh.x')), ['.wh.x file', 'x file']);
});

test('the root can be opaque', () => {
  assert.deepEqual(interpreted(entry('', 'directory'), entry('.wh..wh..opq')), [' directory opaque']);
});

test('markers are made and removed by name', () => {
  const made: string[] = [];
  const branch = {
    makeNode: (path: Bytes) => made.push(path),
    lookup: (path: Bytes) => (made.includes(path) ? entry(path) : undefined),
    unlink: (path: Bytes) => made.splice(made.indexOf(path), 1),
  } as unknown as Parameters<typeof dotWh.whiteOut>[0];
  dotWh.whiteOut(branch, bytes('d/x'));
  dotWh.makeOpaque(branch, bytes('e'));
  assert.deepEqual(made, ['d/.wh.x', 'e/.wh..wh..opq']);
  dotWh.removeWhiteout(branch, bytes('d/x'));
  assert.throws(() => dotWh.removeWhiteout(branch, bytes('d/x')), /ENOENT/);
});
