/**
 * Remembers over an unmount which number a copy goes on under, in a bookkeeping file of its
 * branch (aufs' xino files are gone with the mount). It is read once and removed: after a crash
 * copies have numbers of their own rather than wrong ones.
 */
import { type Bytes, fromBuffer, toBuffer } from '../bytes.js';
import type { Files } from '../files.js';
import type { Copy } from './inode-numbers.js';

const MEMORY = '.wh..wh.xino' as Bytes;

/** A branch: the last digits of the numbers in it, and the device and inode number of its root. */
export interface Root {
  readonly digits: string;
  readonly identity: string;
}

export function rememberCopies(branch: Files, copies: readonly Copy[], roots: readonly Root[]): void {
  const found = copies.filter((copy) => isThere(branch, copy));
  if (found.length === 0) return;
  const text = [
    ...roots.map(({ digits, identity }) => `branch ${digits} ${identity}\0`),
    ...found.map(({ path, ino, number }) => `${ino} ${number} ${path}\0`),
  ].join('');
  const file = branch.open(MEMORY, ['O_WRONLY', 'O_CREAT', 'O_TRUNC'], 0o600);
  try {
    file.write(0, toBuffer(text as Bytes));
  } finally {
    file.close();
  }
}

/** A number goes with the branch of the original, wherever that is among the branches now. */
export function recallCopies(branch: Files, roots: readonly Root[]): readonly Copy[] {
  const size = branch.lookup(MEMORY)?.size;
  if (size === undefined) return [];
  const file = branch.open(MEMORY, ['O_RDONLY']);
  const records = fromBuffer(file.read(0, size)).split('\0');
  file.close();
  branch.unlink(MEMORY);
  const digitsNow = new Map(
    records.flatMap((record) => {
      const [, before, identity] = record.match(/^branch (\d+) (.+)$/) ?? [];
      const digits = roots.find((root) => root.identity === identity)?.digits;
      return before === undefined || digits === undefined ? [] : [[before, digits] as const];
    }),
  );
  return records.flatMap((record) => {
    const [, ino, original, before, path] = record.match(/^(\d+) (\d+)(\d{3}) (.+)$/s) ?? [];
    const digits = digitsNow.get(before ?? '');
    if (ino === undefined || path === undefined || digits === undefined) return [];
    const copy = { ino, number: `${original}${digits}`, path: path as Bytes };
    return isThere(branch, copy) ? [copy] : [];
  });
}

/** Whether the file of that path still is the copy. */
function isThere(branch: Files, { path, ino }: Copy): boolean {
  try {
    return branch.lookup(path)?.ino === ino;
  } catch {
    return false; // a file took the place of a directory
  }
}
