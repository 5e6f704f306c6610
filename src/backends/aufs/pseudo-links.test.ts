import assert from 'node:assert/strict';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Branch } from '../../backend.js';
import { type Bytes, bytes } from '../../bytes.js';
import { openDirectory } from '../../system/directory.js';
import { pause } from '../../system/wait.js';
import { flushPseudoLinks, removePseudoLinks } from './pseudo-links.js';

const folder = mkdtempSync(join(tmpdir(), 'pseudo-links-'));
after(() => rmSync(folder, { recursive: true }));

/** A directory that stands for the union, and a branch in which aufs has left what it leaves. */
function prepare(name: string) {
  const union = join(folder, name, 'union');
  const branch = join(folder, name, 'branch');
  mkdirSync(join(union, 'd'), { recursive: true });
  mkdirSync(join(branch, '.wh..wh.plnk'), { recursive: true });
  const branches: readonly Branch[] = [{ name: 'branch', mode: 'rw', path: bytes(branch) }];
  /** As `.wh..wh.plnk/11.393320`: the number in the union, and the one in the branch. */
  const pseudoLink = (path: string) => {
    writeFileSync(join(branch, 'copy'), 'copy');
    linkSync(
      join(branch, 'copy'),
      join(branch, '.wh..wh.plnk', `${lstatSync(join(union, path)).ino}.393320`),
    );
  };
  return { union, branch, branches, files: openDirectory(bytes(union)), pseudoLink };
}

function changeTime(path: string): bigint {
  return lstatSync(path, { bigint: true }).ctimeNs;
}

test('every name of a pseudo-linked file is touched, wherever it is, and no other', () => {
  const { union, branches, files, pseudoLink } = prepare('touch');
  writeFileSync(join(union, 'one'), '');
  linkSync(join(union, 'one'), join(union, 'd', 'two'));
  writeFileSync(join(union, 'other'), '');
  pseudoLink('one');
  const [linked, other] = [changeTime(join(union, 'one')), changeTime(join(union, 'other'))];
  pause(20);
  flushPseudoLinks(files, branches);
  assert.notEqual(changeTime(join(union, 'd', 'two')), linked);
  assert.equal(changeTime(join(union, 'other')), other);
});

test('a set-user-ID bit and a symlink survive it', () => {
  const { union, branches, files, pseudoLink } = prepare('kinds');
  writeFileSync(join(union, 'program'), '');
  chmodSync(join(union, 'program'), 0o4755);
  symlinkSync('nowhere', join(union, 'link'));
  pseudoLink('program');
  rmSync(join(folder, 'kinds', 'branch', 'copy'));
  pseudoLink('link');
  flushPseudoLinks(files, branches);
  assert.equal(lstatSync(join(union, 'program')).mode & 0o7777, 0o4755);
  assert.equal(lstatSync(join(union, 'link')).isSymbolicLink(), true);
});

test('what is removed afterwards are the pseudo-links, not their directory', () => {
  const { union, branch, branches, pseudoLink } = prepare('remove');
  writeFileSync(join(union, 'one'), '');
  pseudoLink('one');
  assert.equal(lstatSync(join(branch, 'copy')).nlink, 2);
  removePseudoLinks(branches);
  assert.equal(lstatSync(join(branch, 'copy')).nlink, 1);
  assert.deepEqual(openDirectory(bytes(branch)).list('.wh..wh.plnk' as Bytes), []);
});

test('a branch without pseudo-links, or without bookkeeping, needs nothing', () => {
  const { union, branch, branches, files } = prepare('none');
  writeFileSync(join(union, 'one'), '');
  const before = changeTime(join(union, 'one'));
  flushPseudoLinks(files, branches);
  rmSync(join(branch, '.wh..wh.plnk'), { recursive: true });
  flushPseudoLinks(files, branches);
  removePseudoLinks(branches);
  assert.equal(changeTime(join(union, 'one')), before);
});
