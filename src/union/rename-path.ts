import type { Bytes } from '../bytes.js';
import type { RenameMode } from '../files.js';
import { type Errno, SystemError } from '../system/errno.js';
import type { Engine } from './engine.js';
import { type Entry, isDirectory } from './entry.js';
import { type Located, locate, withoutSlashes } from './path-walk.js';
import { type Permissions, WRITE } from './permissions.js';

/** renameat2(2), with the failures in the order of the kernel's do_renameat2() and vfs_rename(). */
export function renamePath(
  engine: Engine,
  permissions: Permissions,
  from: Bytes,
  to: Bytes,
  mode: RenameMode,
): void {
  const fail = (errno: Errno): never => {
    throw new SystemError(errno, 'rename', from);
  };
  const exchanges = mode === 'exchange';
  const source = locate(engine, permissions, withoutSlashes(from), false);
  const target = locate(engine, permissions, withoutSlashes(to), false);
  if (source.last !== 'name') fail('EBUSY');
  if (target.last !== 'name') fail(mode === 'no-replace' ? 'EEXIST' : 'EBUSY');
  permissions.requireWritable('rename', from);
  const { entry } = source;
  const { entry: old } = target;
  if (entry === undefined) return fail('ENOENT');
  if (mode === 'no-replace' && old !== undefined) fail('EEXIST');
  if (exchanges && old === undefined) fail('ENOENT');
  checkSlashes(entry, old);
  checkAncestors(entry, old);
  if (mode === 'whiteout') fail('EINVAL');
  if (old !== undefined && engine.statOf(entry).ino === engine.statOf(old).ino) return;
  permissions.requireRemoval(source.directory, entry, 'rename');
  checkTarget(target, entry);
  if (source.directory.path !== target.directory.path) checkMove(entry, old);
  engine.rename(source.directory, entry, { ...target, entry: old }, mode);

  /** A slash behind a name means a directory. */
  function checkSlashes(moved: Entry, replaced: Entry | undefined): void {
    const either = from.endsWith('/') || (to.endsWith('/') && !exchanges);
    if (!isDirectory(moved) && either) fail('ENOTDIR');
    if (exchanges && replaced && !isDirectory(replaced) && to.endsWith('/')) fail('ENOTDIR');
  }

  function checkAncestors(moved: Entry, replaced: Entry | undefined): void {
    if (isWithin(target.directory, moved)) fail('EINVAL');
    if (replaced && isWithin(source.directory, replaced)) fail(exchanges ? 'EINVAL' : 'ENOTEMPTY');
  }

  function checkTarget({ directory, entry: replaced }: Located, moved: Entry): void {
    if (replaced === undefined) return permissions.requireChange(directory, 'rename');
    permissions.requireRemoval(directory, replaced, 'rename');
    if (exchanges) return;
    if (isDirectory(moved) && !isDirectory(replaced)) fail('ENOTDIR');
    if (!isDirectory(moved) && isDirectory(replaced)) fail('EISDIR');
  }

  /** A directory that gets another parent is written to: its `..` changes. */
  function checkMove(moved: Entry, replaced: Entry | undefined): void {
    if (isDirectory(moved)) permissions.require(moved, WRITE, 'rename');
    if (exchanges && replaced && isDirectory(replaced)) permissions.require(replaced, WRITE, 'rename');
  }
}

function isWithin(directory: Entry, ancestor: Entry): boolean {
  return directory.path === ancestor.path || directory.path.startsWith(`${ancestor.path}/`);
}
