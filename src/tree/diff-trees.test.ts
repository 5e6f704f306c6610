import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bytes } from '../bytes.js';
import { differences } from './diff-trees.js';
import { type Entry, treeOf } from './tree.js';

function file(content: string): Entry {
  return {
    path: 'f' as Bytes,
    kind: 'file',
    content: content as Bytes,
    mode: 0o644,
    uid: 0,
    gid: 0,
    nlink: 1,
    mtime: { seconds: 0, nanoseconds: 0 },
    attributes: {},
  };
}

test('contents that differ after what is shown of them are different', () => {
  const start = 'a'.repeat(500);
  const wrong = differences(treeOf([file(`${start}b`)]), treeOf([file(`${start}c`)]), 'content');
  assert.equal(wrong.length, 2);
  assert.notEqual(wrong[0]?.slice(2), wrong[1]?.slice(2));
});

test('contents that are alike are no difference, however long', () => {
  const long = 'a'.repeat(5000);
  assert.deepEqual(differences(treeOf([file(long)]), treeOf([file(long)]), 'everything'), []);
});
