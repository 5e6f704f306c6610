import { type Bytes, join } from '../bytes.js';
import type { Files } from '../files.js';

/** Removes a directory's entries, depth first, as `rm -r` does; the directory itself stays. */
export function emptyDirectory(files: Files, path: Bytes): void {
  for (const entry of files.list(path)) removeTree(files, join(path, entry.name), entry.kind === 'directory');
}

/** Removes an entry and everything below it. @throws SystemError from the first removal that fails. */
export function removeTree(files: Files, path: Bytes, isDirectory: boolean): void {
  if (!isDirectory) return files.unlink(path);
  emptyDirectory(files, path);
  files.removeDirectory(path);
}
