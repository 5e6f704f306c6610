import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Branch, type BranchMode, MountError, type Sandbox } from '../../backend.js';
import { bytes } from '../../bytes.js';
import backend from './backend.js';

let root = '';
const sandbox = {} as Sandbox;

before(() => {
  root = mkdtempSync(join(tmpdir(), 'userland-'));
  for (const name of ['a', 'a/inner', 'b']) mkdirSync(join(root, name));
  writeFileSync(join(root, 'b', 'file'), 'old');
});

after(() => rmSync(root, { recursive: true, force: true }));

function branch(name: string, mode: BranchMode = 'ro'): Branch {
  return { name, mode, path: bytes(join(root, name)) };
}

test('it is available everywhere, in the version of the package', () => {
  const availability = backend.probe(sandbox);
  assert.ok(availability.kind === 'available' && /^\d+\.\d+\.\d+/.test(availability.version));
});

test('a union lives until it is unmounted, and leaves the bookkeeping in its writable branch', () => {
  const union = backend.mount([branch('a', 'rw'), branch('b')], sandbox);
  union.files.unlink(bytes('file'));
  assert.deepEqual([union.daemon(), union.log(), union.mountPoint], ['none', '', undefined]);
  union.unmount();
  const left = ['.wh..wh.aufs', '.wh..wh.orph', '.wh..wh.plnk', '.wh.file', 'inner'];
  assert.deepEqual(readdirSync(join(root, 'a')).sort(), left);
  assert.deepEqual(readdirSync(join(root, 'b')), ['file']);
});

test('branches that make no union are refused', () => {
  for (const branches of [
    [],
    [branch('missing')],
    [branch('b/file')],
    [branch('a', 'rw'), branch('a')],
    [branch('a', 'rw'), branch('a/inner')],
  ]) {
    assert.throws(() => backend.mount(branches, sandbox), MountError);
  }
});
