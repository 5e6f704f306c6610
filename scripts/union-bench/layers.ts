/** The branches that are measured: one writable, and read-only ones over which everything is spread. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Branch } from '../../src/backend.js';
import { bytes } from '../../src/bytes.js';

export const LAYERS = 4;

export interface Size {
  /** Directories of a tree. */
  readonly directories: number;
  /** Files in each of them, of 4 KiB. */
  readonly files: number;
  /** Entries of the wide directory. */
  readonly wide: number;
  /** Files that are created, deleted and copied up each. */
  readonly changes: number;
  /** Mebibytes. */
  readonly large: number;
}

/**
 * Looking at so many files takes longer than the second for which libfuse lets the kernel remember
 * them by default: who has it remembered longer is to gain by it, as with the trees of a real system.
 */
export const usualSize: Size = { directories: 200, files: 100, wide: 10_000, changes: 4_000, large: 256 };

/** Trees that are looked at for the first time once each. */
export const trees = ['stat', 'read', 'walk', 'tar', 'copied'] as const;

/** Fills the read-only layers `layer0` … below a directory, or one of them with everything. */
export function makeLayers(directory: string, size: Size, layers = LAYERS): void {
  const layerOf = (index: number) => join(directory, `layer${index % layers}`);
  const put = (index: number, path: string, content: string | Buffer): void =>
    writeFileSync(join(layerOf(index), path), content);
  const content = Buffer.alloc(4096, 'content of a file\n');
  for (let layer = 0; layer < layers; layer++) {
    mkdirSync(layerOf(layer), { recursive: true });
    for (const name of ['wide', 'unlinked', 'changed', 'made']) mkdirSync(join(layerOf(layer), name));
    for (const tree of trees) {
      mkdirSync(join(layerOf(layer), tree));
      for (let at = 0; at < size.directories; at++) mkdirSync(join(layerOf(layer), tree, `d${at}`));
    }
  }
  for (const tree of trees) {
    for (let at = 0; at < size.directories; at++) {
      for (let file = 0; file < size.files; file++) put(file, `${tree}/d${at}/f${file}`, content);
    }
  }
  for (let at = 0; at < size.wide; at++) put(at, `wide/f${at}`, '');
  for (let at = 0; at < size.changes; at++) {
    put(at, `unlinked/f${at}`, content);
    put(at, `changed/f${at}`, content);
  }
  put(layers - 1, 'large', Buffer.alloc(size.large << 20, 'x'));
}

export function branchesOver(directory: string, upper: string): readonly Branch[] {
  const lowers = Array.from({ length: LAYERS }, (_, index) => ({
    name: `layer${index}`,
    path: bytes(join(directory, `layer${index}`)),
    mode: 'ro' as const,
  }));
  return [{ name: 'upper', path: bytes(upper), mode: 'rw' }, ...lowers];
}
