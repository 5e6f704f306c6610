import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Bytes, bytes } from '../bytes.js';
import { differences, diffTrees } from './diff-trees.js';
import { type Entry, treeOf } from './tree.js';

function entry(path: string, more: Partial<Entry>): Entry {
  return {
    path: bytes(path),
    kind: 'file',
    mode: 0o644,
    uid: 0,
    gid: 0,
    nlink: 1,
    mtime: { seconds: 1, nanoseconds: 5 },
    attributes: {},
    ...more,
  };
}

const content = (text: string) => ({ content: text as Bytes });
const tree = (...entries: readonly Entry[]) => treeOf([entry('', { kind: 'directory' }), ...entries]);

test('a tree is like itself', () => {
  const one = tree(entry('a', content('x')), entry('d', { kind: 'directory' }));
  assert.deepEqual(differences(one, one, 'everything'), []);
});

test('what is missing, what is more and what is other each have their lines', () => {
  const expected = tree(entry('a', content('x')), entry('gone', content('')), entry('same', content('s')));
  const seen = tree(entry('a', content('y')), entry('more', { kind: 'fifo' }), entry('same', content('s')));
  assert.deepEqual(diffTrees(expected, seen, 'content'), [
    '- a  x',
    '+ a  y',
    '- gone  (empty)',
    '+ more  (fifo)',
    '  same  s',
  ]);
});

for (const [what, change] of [
  ['mode', { mode: 0o600 }],
  ['owner', { uid: 7 }],
  ['mtime by a nanosecond', { mtime: { seconds: 1, nanoseconds: 6 } }],
  ['link count', { nlink: 2 }],
  ['attributes', { attributes: { 'user.k': 'v' as Bytes } }],
] as const) {
  test(`a difference in ${what} is one of metadata, not of content`, () => {
    const [before, after] = [
      tree(entry('a', content('x'))),
      tree(entry('a', { ...content('x'), ...change })),
    ];
    assert.deepEqual(differences(before, after, 'content'), []);
    assert.equal(differences(before, after, 'everything').length, 2);
  });
}

test('kinds that a cell shows alike but for one word are told apart', () => {
  const kinds = ['whiteout', 'fifo', 'socket', 'directory'] as const;
  for (const one of kinds) {
    for (const other of kinds) {
      const lines = differences(
        tree(entry('a', { kind: one })),
        tree(entry('a', { kind: other })),
        'content',
      );
      assert.equal(lines.length, one === other ? 0 : 2, `${one} and ${other}`);
    }
  }
});
