/**
 * A file tree as data: what a branch or a union holds at one moment.
 * Pure; reading one is `read-tree.ts`, comparing two is `diff-trees.ts`.
 */
import type { Bytes } from '../bytes.js';
import type { Device, Kind, Time } from '../files.js';

export interface Entry {
  readonly path: Bytes;
  readonly kind: Kind | 'whiteout';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly nlink: number;
  readonly mtime: Time;
  /** Of a regular file: its bytes, or for one above 64 KiB `sha256:HEX of SIZE bytes`. */
  readonly content?: Bytes;
  /** Of a symbolic link. */
  readonly target?: Bytes;
  /** Of a device node. */
  readonly device?: Device;
  /** A directory that hides everything below it in lower branches. */
  readonly opaque?: true;
  readonly attributes: Readonly<Record<string, Bytes>>;
}

/** Entries by path, parents before children; the root has the empty path. */
export type Tree = ReadonlyMap<Bytes, Entry>;

export function treeOf(entries: Iterable<Entry>): Tree {
  return new Map([...entries].sort((a, b) => (a.path < b.path ? -1 : 1)).map((entry) => [entry.path, entry]));
}
