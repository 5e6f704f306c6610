/**
 * What aufs keeps for itself beside the markers of `formats/dot-wh.ts` (aufs(5), "INTERNAL
 * FILES"): three entries in the root of each writable branch, made at the first mount and left
 * there.
 */
import { type Bytes, join } from '../bytes.js';
import type { Files } from '../files.js';
import { WHITEOUT_PREFIX } from '../formats/dot-wh.js';
import { SystemError } from '../system/errno.js';
import { removeTree } from '../tree/remove-tree.js';

/** The file that whiteouts are hard links of: one inode for all of them. */
export const WHITEOUT_BASE = '.wh..wh.aufs' as Bytes;
/** Holds what is being built or taken apart. */
export const ORPHANS = '.wh..wh.orph' as Bytes;
/** Holds the copies of hard-linked files some of whose names are still in a lower branch. */
export const PSEUDO_LINKS = '.wh..wh.plnk' as Bytes;

const DEFAULT_LIST = 'system.posix_acl_default' as Bytes;

/** No union shows, or lets anybody make, a name that begins like this. */
export function isReserved(name: Bytes): boolean {
  return name.startsWith(WHITEOUT_PREFIX);
}

/** Makes what is missing in the root of a writable branch, and throws away what a crash left half-built. */
export function prepareBookkeeping(branch: Files): void {
  if (branch.lookup(WHITEOUT_BASE) === undefined) {
    ignoring('EEXIST', () => branch.makeNode(WHITEOUT_BASE, 'file', 0o444));
  }
  for (const directory of [ORPHANS, PSEUDO_LINKS]) {
    if (branch.lookup(directory) === undefined) {
      ignoring('EEXIST', () => branch.makeDirectory(directory, 0o700));
      // What is built there must not inherit from the root.
      if (branch.listAttributes(directory).includes(DEFAULT_LIST)) {
        branch.removeAttribute(directory, DEFAULT_LIST);
      }
    } else if (directory === ORPHANS) {
      for (const { name, kind } of branch.list(ORPHANS)) {
        removeTree(branch, join(ORPHANS, name), kind === 'directory');
      }
    }
  }
}

/** Does it; a failure with this errno means that it was done already. */
export function ignoring(errno: string, operation: () => void): void {
  try {
    operation();
  } catch (failure) {
    if (!(failure instanceof SystemError && failure.errno === errno)) throw failure;
  }
}
