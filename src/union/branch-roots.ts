/** What tells a branch from others, at whatever place among them, also to another mount: its root. */
import type { Bytes } from '../bytes.js';
import type { UnionBranch } from './branches.js';

/** Device and inode number. */
export function rootOf(branch: UnionBranch | undefined): string {
  const root = branch?.files.lookup('' as Bytes);
  return `${root?.dev},${root?.ino}`;
}

/** The index of the branch with this root, or -1. A device may have another number after a reboot. */
export function branchOfRoot(branches: readonly UnionBranch[], root: string): number {
  const roots = branches.map(rootOf);
  const known = roots.indexOf(root);
  if (known >= 0) return known;
  const inode = root.slice(root.indexOf(','));
  const alike = roots.filter((each) => each.endsWith(inode));
  return alike.length === 1 ? roots.indexOf(alike[0] ?? '') : -1;
}
