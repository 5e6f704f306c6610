import assert from 'node:assert/strict';
import {
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Branch } from '../../backend.js';
import type { Bytes } from '../../bytes.js';
import { dotWh } from '../../formats/dot-wh.js';
import { CopiedBranches } from './copied-layers.js';

const directory = mkdtempSync(join(tmpdir(), 'copied-layers-'));
after(() => rmSync(directory, { recursive: true }));
let count = 0;

type Entries = Readonly<Record<string, string>>;

function build(entries: Entries): Bytes {
  count += 1;
  const place = join(directory, `${count}`);
  mkdirSync(place);
  for (const [path, content] of Object.entries(entries)) {
    mkdirSync(join(place, path, '..'), { recursive: true });
    writeFileSync(join(place, path), content);
    utimesSync(join(place, path), 1, 1);
  }
  return place as Bytes;
}

/** What the writable branch has in it after a change of the container's copy: paths, with what is special of them. */
function ownAfter(lower: Entries, upper: Entries, change: (copy: string) => void): string[] {
  const branches: Branch[] = [
    { name: 'upper', mode: 'rw', path: build(upper) },
    { name: 'lower', mode: 'ro', path: build(lower) },
  ];
  const copies = new CopiedBranches(branches, dotWh);
  copies.beginAbove(branches[1]?.path ?? ('' as Bytes));
  const own = branches[0]?.path ?? ('' as Bytes);
  const hidden = Object.keys(upper).filter((path) => path.includes('.wh.'));
  for (const path of hidden) rmSync(join(own, path));
  const isHidden = (path: string) => hidden.some((marker) => path.endsWith(marker.replace(/.*\.wh\./, '')));
  const isOpaque = (path: string) => hidden.some((marker) => marker === join(path, '..', '.wh..wh..opq'));
  for (const [path, content] of Object.entries(lower)) {
    if (path in upper || isHidden(path) || isOpaque(path)) continue;
    mkdirSync(join(own, path, '..'), { recursive: true });
    writeFileSync(join(own, path), content);
    utimesSync(join(own, path), 1, 1);
  }
  copies.beginWith(own);
  change(own);
  const found = [...copies.read(own).values()];
  copies.end();
  return found.map(({ path, kind, opaque }) => {
    const special = kind === 'whiteout' ? ' (whiteout)' : opaque === true ? ' (opaque)' : '';
    return `${path}${special}`;
  });
}

test('what is only a copy is no part of the branch', () => {
  assert.deepEqual(
    ownAfter({ 'd/a': 'one' }, {}, () => {}),
    [''],
  );
  assert.deepEqual(
    ownAfter({ 'd/a': 'one' }, { b: 'two' }, () => {}),
    ['', 'b'],
  );
});

test('what is changed is, with the directories it lies in', () => {
  assert.deepEqual(
    ownAfter({ 'd/a': 'one', 'd/b': 'one' }, {}, (copy) => writeFileSync(join(copy, 'd/a'), 'two')),
    ['', 'd', 'd/a'],
  );
});

test('a file in the place of another is a change, also of the same size and time', () => {
  const replace = (copy: string) => renameSync(join(copy, 'b'), join(copy, 'a'));
  assert.deepEqual(ownAfter({ a: 'one', b: 'two' }, {}, replace), ['', 'a', 'b (whiteout)']);
});

test('both names of a file that was linked to are changed', () => {
  assert.deepEqual(
    ownAfter({ a: 'one' }, {}, (copy) => linkSync(join(copy, 'a'), join(copy, 'b'))),
    ['', 'a', 'b'],
  );
});

test('only what lower branches have is hidden, and a directory as a whole', () => {
  const remove = (copy: string) => {
    for (const path of ['b', 'd']) rmSync(join(copy, path), { recursive: true });
  };
  assert.deepEqual(ownAfter({ 'd/a': 'one' }, { b: 'two' }, remove), ['', 'd (whiteout)']);
});

test('a directory that was made anew is opaque where there was one', () => {
  const renew = (copy: string) => {
    cpSync(join(copy, 'd'), join(copy, 'e'), { recursive: true });
    rmSync(join(copy, 'd'), { recursive: true });
    mkdirSync(join(copy, 'd'));
  };
  assert.deepEqual(ownAfter({ 'd/a': 'one' }, {}, renew), ['', 'd (opaque)', 'e', 'e/a']);
});

test('what hides something from the beginning is still there', () => {
  const upper = { '.wh.a': '', 'd/.wh..wh..opq': '', 'd/b': 'two' };
  assert.deepEqual(
    ownAfter({ a: 'one', 'd/a': 'one' }, upper, () => {}),
    ['', 'a (whiteout)', 'd (opaque)', 'd/b'],
  );
});
