/**
 * What umount.aufs(8) and auplink(8) do before and after the union is unmounted. A lower file that
 * has several names is copied up under one of them, and a pseudo-link in `.wh..wh.plnk` stands for
 * the others until they are looked at; it is named by the inode number in the union, a dot, and the
 * one in the branch. A union that is unmounted with pseudo-links forgets what they were names of
 * (aufs(5), "Pseudo-link").
 */
import type { Branch } from '../../backend.js';
import { type Bytes, join, nameOf } from '../../bytes.js';
import type { Files } from '../../files.js';
import { openDirectory } from '../../system/directory.js';

const PSEUDO_LINKS = '.wh..wh.plnk' as Bytes;

/** Makes every name that a pseudo-link stands for a hard link of the writable branch. */
export function flushPseudoLinks(union: Files, branches: readonly Branch[]): void {
  const pending = new Set(pseudoLinks(branches).map(({ path }) => nameOf(path).split('.')[0]));
  if (pending.size > 0) linkAll(union, '' as Bytes, pending);
}

/** Removes the pseudo-links, which count as links of their files. Only when the union is unmounted. */
export function removePseudoLinks(branches: readonly Branch[]): void {
  for (const { files, path } of pseudoLinks(branches)) files.unlink(path);
}

function pseudoLinks(branches: readonly Branch[]): { readonly files: Files; readonly path: Bytes }[] {
  return branches.flatMap((branch) => {
    const files = openDirectory(branch.path);
    if (files.lookup(PSEUDO_LINKS) === undefined) return [];
    return files.list(PSEUDO_LINKS).map(({ name }) => ({ files, path: join(PSEUDO_LINKS, name) }));
  });
}

function linkAll(union: Files, directory: Bytes, pending: ReadonlySet<string | undefined>): void {
  for (const { name } of union.list(directory)) {
    const path = join(directory, name);
    const found = union.lookup(path);
    if (found?.kind === 'directory') linkAll(union, path, pending);
    else if (found !== undefined && pending.has(found.ino)) {
      // Either is a change that changes nothing, and lchown(2) would take a set-user-ID bit away.
      if (found.kind === 'symlink') union.setOwner(path, found.uid, found.gid);
      else union.setMode(path, found.mode);
    }
  }
}
