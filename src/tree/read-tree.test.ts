import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Bytes, bytes } from '../bytes.js';
import type { DirectoryEntry, Files, Stat } from '../files.js';
import { openDirectory } from '../system/directory.js';
import { SystemError } from '../system/errno.js';
import { readTree } from './read-tree.js';

/** A real directory with `a` and `d/b`, seen through what a faulty union would make of it. */
function withFiles(change: (files: Files) => Partial<Files>, use: (files: Files) => void): void {
  const root = mkdtempSync(join(tmpdir(), 'union-conformance-read-tree-'));
  try {
    const files = openDirectory(bytes(root));
    files.open('a' as Bytes, ['O_CREAT', 'O_WRONLY']).close();
    files.makeDirectory('d' as Bytes, 0o755);
    files.open('d/b' as Bytes, ['O_CREAT', 'O_WRONLY']).close();
    const changed = change(files);
    use(new Proxy(files, { get: (target, key) => boundTo(target, changed, key as keyof Files) }));
  } finally {
    rmSync(root, { recursive: true });
  }
}

function boundTo(files: Files, changed: Partial<Files>, key: keyof Files): unknown {
  return changed[key] ?? (files[key] as (...values: never[]) => unknown).bind(files);
}

const paths = ['a', 'd/b', 'nothing'] as Bytes[];

test('a directory agrees with itself', () => {
  withFiles(
    () => ({}),
    (files) => {
      const { tree, disagreements } = readTree(files, paths);
      assert.deepEqual([...tree.keys()], ['', 'a', 'd', 'd/b']);
      assert.deepEqual(disagreements, []);
    },
  );
});

const faults: readonly (readonly [string, (files: Files) => Partial<Files>, RegExp])[] = [
  [
    'a name that is listed twice',
    (files) => ({ list: (path: Bytes): DirectoryEntry[] => [...files.list(path), ...files.list(path)] }),
    /^a: listed twice$/,
  ],
  [
    'a name that is listed and cannot be looked up',
    (files) => ({
      list: (path: Bytes): DirectoryEntry[] => [
        ...files.list(path),
        { name: bytes('ghost'), ino: '1', kind: 'file' },
      ],
    }),
    /ghost: listed, but lookup does not find it/,
  ],
  [
    'a name that can be looked up and is not listed',
    (files) => ({ list: (path: Bytes) => files.list(path).filter(({ name }) => name !== 'a') }),
    /^a: lookup finds it, listing does not find it$/,
  ],
  [
    'an entry that cannot be read',
    () => ({
      open: () => {
        throw new SystemError('EIO', 'open', 'a');
      },
      lookup: (): Stat => stat,
      list: (path: Bytes): DirectoryEntry[] =>
        path === '' ? [{ name: 'a' as Bytes, ino: '1', kind: 'directory' }] : raise('EIO'),
    }),
    /^a: listed, but .*EIO/,
  ],
];

const time = { seconds: 0, nanoseconds: 0 };
const stat: Stat = {
  kind: 'directory',
  mode: 0o755,
  uid: 0,
  gid: 0,
  size: 0,
  nlink: 2,
  ino: '1',
  dev: '0:1',
  device: { major: 0, minor: 0 },
  blocks: 0,
  atime: time,
  mtime: time,
  ctime: time,
};

function raise(errno: 'EIO'): never {
  throw new SystemError(errno, 'list');
}

for (const [what, fault, complaint] of faults) {
  test(`${what} is a disagreement`, () => {
    withFiles(fault, (files) => {
      const { disagreements } = readTree(files, paths);
      assert.ok(
        disagreements.some((line) => complaint.test(line)),
        disagreements.join('\n'),
      );
    });
  });
}
