import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Bytes, bytes } from '../bytes.js';
import type { Files } from '../files.js';
import { readTree } from '../tree/read-tree.js';
import { append, type Contents, TemporaryUnion, write } from './temporary-union.js';

class Crash extends Error {}

const changes = new Set<string | symbol>([
  'makeDirectory',
  'makeNode',
  'makeSymlink',
  'link',
  'unlink',
  'removeDirectory',
  'rename',
  'truncate',
  'setMode',
  'setOwner',
  'setTimes',
  'setAttribute',
  'removeAttribute',
]);

/** Files that end the process, as it were, before the change that is one too many. */
function mortal(files: Files, life: { changes: number }): Files {
  const live = (): void => {
    life.changes -= 1;
    if (life.changes < 0) throw new Crash();
  };
  return new Proxy(files, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== 'function') return value;
      return (...values: unknown[]) => {
        const opens = property === 'open' && JSON.stringify(values[1]).match(/O_CREAT|O_TRUNC/) !== null;
        if (changes.has(property) || opens) live();
        return value.apply(target, values) as unknown;
      };
    },
  });
}

/** What a user sees: paths, kinds, contents. */
function seen(files: Files): string {
  return [...readTree(files).tree.values()]
    .map(({ path, kind, content, target }) => `${path} ${kind} ${content ?? target ?? ''}`)
    .join('\n');
}

const upper: Contents = { 'merged/up': 'u', up: 'u', 'updir/f': 'f', 'wiped/.wh.x': '', 'wiped/.wh.y': '' };
const lower: Contents = {
  'merged/low': 'l',
  low: 'l',
  up: 'covered',
  'lowdir/': '',
  'wiped/x': '',
  'wiped/y': '',
  'deep/er/f': 'f',
  gone: 'old',
  'gonedir/old': 'old',
};

const b = bytes;

/** Each with what may be seen in between, if that is more than before and after. */
const operations: Readonly<Record<string, (files: Files) => void>> = {
  'delete a lower file': (files) => files.unlink(b('low')),
  'delete a covering file': (files) => files.unlink(b('up')),
  'delete in a lower directory': (files) => files.unlink(b('deep/er/f')),
  'remove a lower directory': (files) => files.removeDirectory(b('lowdir')),
  'remove a directory of whiteouts': (files) => files.removeDirectory(b('wiped')),
  'create over a whiteout': (files) => files.makeNode(b('gone'), 'file', 0o644),
  'make a directory over a whiteout': (files) => files.makeDirectory(b('gonedir'), 0o755),
  'make a link over a whiteout': (files) => files.link(b('low'), b('gone')),
  'copy up deep': (files) => files.setMode(b('deep/er/f'), 0o600),
  'rename a lower file': (files) => files.rename(b('low'), b('new'), 'replace'),
  'rename a lower file over a whiteout': (files) => files.rename(b('low'), b('gone'), 'replace'),
  'rename over a covering file': (files) => files.rename(b('low'), b('up'), 'replace'),
  'rename a covering file': (files) => files.rename(b('up'), b('deep/up'), 'replace'),
  'rename a lower directory': (files) => files.rename(b('lowdir'), b('new'), 'replace'),
  'rename a directory over a whiteout': (files) => files.rename(b('updir'), b('gonedir'), 'replace'),
  'rename a directory over a lower one': (files) => files.rename(b('updir'), b('lowdir'), 'replace'),
  'exchange files': (files) => files.rename(b('low'), b('up'), 'exchange'),
  'exchange a file and a directory': (files) => files.rename(b('low'), b('lowdir'), 'exchange'),
};

for (const [title, operation] of Object.entries(operations)) {
  test(`${title}: killed anywhere, it is done or not done`, () => {
    for (let count = 0; ; count++) {
      const life = { changes: Number.POSITIVE_INFINITY };
      using union = new TemporaryUnion(
        [
          ['rw', upper],
          ['ro', lower],
        ],
        undefined,
        (files) => mortal(files, life),
      );
      union.files.unlink(b('gone'));
      for (const path of ['gonedir/old']) union.files.unlink(b(path));
      union.files.removeDirectory(b('gonedir'));
      const before = seen(union.files);
      life.changes = count;
      let isDone = false;
      try {
        operation(union.files);
        isDone = true;
      } catch (failure) {
        if (!(failure instanceof Crash)) throw failure;
      }
      life.changes = Number.POSITIVE_INFINITY;
      union.crash();
      const after = seen(union.files);
      assert.equal(union.branch(0).list(b('.wh..wh.orph')).length, 0);
      if (isDone) {
        assert.notEqual(count, 0);
        if (!title.startsWith('copy up')) assert.notEqual(after, before);
        return;
      }
      if (after === before) continue;
      // What is seen already must be all of it.
      using whole = new TemporaryUnion([
        ['rw', upper],
        ['ro', lower],
      ]);
      whole.files.unlink(b('gone'));
      whole.files.unlink(b('gonedir/old'));
      whole.files.removeDirectory(b('gonedir'));
      operation(whole.files);
      assert.equal(after, seen(whole.files), `killed before change ${count}`);
    }
  });
}

test('a rename over a directory of whiteouts, killed anywhere, loses neither', () => {
  for (let count = 0; count < 12; count++) {
    const life = { changes: Number.POSITIVE_INFINITY };
    using union = new TemporaryUnion(
      [
        ['rw', upper],
        ['ro', lower],
      ],
      undefined,
      (files) => mortal(files, life),
    );
    life.changes = count;
    try {
      union.files.rename(b('updir'), b('wiped'), 'replace');
    } catch (failure) {
      if (!(failure instanceof Crash)) throw failure;
    }
    life.changes = Number.POSITIVE_INFINITY;
    union.crash();
    const shown = (path: string) => union.files.lookup(b(path)) !== undefined;
    assert.ok(shown('wiped'));
    assert.equal(shown('updir/f'), !shown('wiped/f'));
    assert.ok(!shown('wiped/x') && !shown('updir/x'));
  }
});

test('hard links, killed anywhere in a write, stay one file', () => {
  for (let count = 0; count < 16; count++) {
    const life = { changes: Number.POSITIVE_INFINITY };
    using union = new TemporaryUnion(
      [
        ['rw', {}],
        ['ro', { 'd/a': 'x', 'e/': '' }],
      ],
      undefined,
      (files) => mortal(files, life),
    );
    union.branch(1).link(b('d/a'), b('e/b'));
    life.changes = count;
    try {
      append(union.files, 'd/a', 'y');
    } catch (failure) {
      if (!(failure instanceof Crash)) throw failure;
    }
    life.changes = Number.POSITIVE_INFINITY;
    union.crash();
    const [one, two] = ['d/a', 'e/b'].map((path) => union.files.lookup(path as Bytes));
    assert.equal(one?.ino, two?.ino, `killed before change ${count}`);
    assert.equal(one?.nlink, 2);
    write(union.files, 'e/b', 'z');
    assert.equal(union.files.lookup(b('d/a'))?.size, union.files.lookup(b('e/b'))?.size);
  }
});
