import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { test } from 'node:test';
import { type Bytes, bytes, join } from '../bytes.js';
import type { Files } from '../files.js';
import { openDirectory } from './directory.js';
import { errnoOf } from './errno.js';
import { openUndisturbedDirectory } from './undisturbed-directory.js';

function within(check: (root: string, files: Files) => void): void {
  const root = mkdtempSync(joinPath(tmpdir(), 'undisturbed-'));
  try {
    check(root, openUndisturbedDirectory(bytes(root)));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Looks for something that is not there until the directory was listed for it. */
function missOften(files: Files, directory: Bytes): void {
  for (let times = 0; times < 64; times++) files.lookup(join(directory, bytes(`missing${times}`)));
}

test('what is not there is remembered, once it was looked for often', () => {
  within((root, files) => {
    writeFileSync(joinPath(root, 'first'), '');
    missOften(files, bytes(''));
    writeFileSync(joinPath(root, 'second'), '');
    assert.notEqual(files.lookup(bytes('first')), undefined);
    assert.equal(files.lookup(bytes('second')), undefined, 'it would have to be looked for again');
  });
});

test('a large directory is not listed for a few looks', () => {
  within((root, files) => {
    for (let name = 0; name < 2000; name++) writeFileSync(joinPath(root, `f${name}`), '');
    missOften(files, bytes(''));
    writeFileSync(joinPath(root, 'second'), '');
    assert.notEqual(files.lookup(bytes('second')), undefined);
  });
});

const names = ['a', 'b', 'B'].map(bytes);
const paths = [...names, ...names.flatMap((name) => names.map((inner) => join(name, inner)))];

type Change = (files: Files, path: Bytes, other: Bytes) => void;
const changes: readonly Change[] = [
  (files, path) => files.open(path, ['O_WRONLY', 'O_CREAT']).close(),
  (files, path) => files.makeDirectory(path, 0o755),
  (files, path) => files.makeNode(path, 'socket', 0o644),
  (files, path) => files.makeSymlink(path, bytes('target')),
  (files, path, other) => files.link(path, other),
  (files, path) => files.unlink(path),
  (files, path) => files.removeDirectory(path),
  (files, path, other) => files.rename(path, other, 'replace'),
  (files, path, other) => files.rename(path, other, 'no-replace'),
  (files, path, other) => files.rename(path, other, 'exchange'),
  (files, path) => void files.list(path),
  (files, path) => missOften(files, path),
];

/** A generator of Park and Miller: a failure comes again with its seed. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 48271) % 0x7fff_ffff;
    return state % sides;
  };
}

function ignoring(act: () => void): void {
  try {
    act();
  } catch (failure) {
    errnoOf(failure);
  }
}

function inodeOf(files: Files, path: Bytes): string | undefined {
  try {
    return files.lookup(path)?.ino;
  } catch (failure) {
    return errnoOf(failure);
  }
}

test('after any changes of its own it says what the directory says', () => {
  for (let seed = 1; seed <= 20; seed++) {
    within((root, files) => {
      const plain = openDirectory(bytes(root));
      const roll = dice(seed);
      mkdirSync(joinPath(root, 'a'));
      missOften(files, bytes(''));
      for (let step = 0; step < 60; step++) {
        const change = changes[roll(changes.length)];
        const [path, other] = [paths[roll(paths.length)], paths[roll(paths.length)]] as [Bytes, Bytes];
        ignoring(() => change?.(files, path, other));
        for (const each of paths) {
          const [told, right] = [inodeOf(files, each), inodeOf(plain, each)];
          // Below what is no directory ENOTDIR says no more than that there is nothing.
          const same = told === right || (told === undefined && right === 'ENOTDIR');
          assert.ok(same, `seed ${seed}, step ${step}, ${each}: ${told}, not ${right}`);
        }
      }
    });
  }
});
