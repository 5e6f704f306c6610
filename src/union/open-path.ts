import type { Bytes } from '../bytes.js';
import type { OpenFlag } from '../files.js';
import { SystemError } from '../system/errno.js';
import type { Owner } from './creation.js';
import type { Engine } from './engine.js';
import { type Entry, isDirectory } from './entry.js';
import { accessOf, type UnionFile } from './open-file.js';
import { type Located, locate, withoutSlashes } from './path-walk.js';
import { type Permissions, READ, WRITE } from './permissions.js';

/** open(2), with the failures in the order of the kernel's path_openat(). */
export function openPath(
  engine: Engine,
  permissions: Permissions,
  path: Bytes,
  flags: readonly OpenFlag[],
  mode: number,
  ownerIn: (directory: Entry) => Owner | undefined,
): UnionFile {
  const has = (flag: OpenFlag) => flags.includes(flag);
  const fail = (errno: ConstructorParameters<typeof SystemError>[0]): never => {
    throw new SystemError(errno, 'open', path);
  };
  const { write } = accessOf(flags);
  const creates = has('O_CREAT') && !has('O_PATH');
  if (has('O_TMPFILE') && !write) fail('EINVAL');
  if (creates && has('O_DIRECTORY')) fail('EINVAL');
  const located =
    creates && path.endsWith('/')
      ? locate(engine, permissions, withoutSlashes(path), false)
      : locate(engine, permissions, path, follows(has));
  const { entry, directory, last, slash } = located;
  if (has('O_TMPFILE')) return openUnnamed(located);
  if (creates) {
    if (slash || path.endsWith('/') || last !== 'name') fail('EISDIR');
    if (entry === undefined) return create();
    if (has('O_EXCL')) fail('EEXIST');
    if (isDirectory(entry)) fail('EISDIR');
  }
  if (entry === undefined) return fail('ENOENT');
  if ((slash || has('O_DIRECTORY')) && !isDirectory(entry)) fail('ENOTDIR');
  if (has('O_PATH')) return engine.open(entry, flags);
  checkAccess(entry);
  const file = engine.open(
    entry,
    flags.filter((flag) => flag !== 'O_CREAT'),
  );
  const left = has('O_TRUNC') ? permissions.modeAfterWrite(entry.stat) : undefined;
  if (left !== undefined) file.setMode(left);
  return file;

  function checkAccess(found: Entry): void {
    const { kind } = found.stat;
    if (kind === 'symlink') fail('ELOOP');
    const changes = write || has('O_TRUNC');
    if (kind === 'directory' && changes) fail('EISDIR');
    if (changes && kind === 'file') permissions.requireWritable('open', path);
    const wanted = (has('O_WRONLY') ? 0 : READ) | (changes ? WRITE : 0);
    permissions.require(found, wanted, 'open');
  }

  function create(): UnionFile {
    permissions.requireWritable('open', path);
    permissions.requireChange(directory, 'open');
    return engine.create(directory, located.name, flags, mode, ownerIn(directory));
  }

  function openUnnamed({ entry: parent }: Located): UnionFile {
    if (parent === undefined) return fail('ENOENT');
    if (!isDirectory(parent)) fail('ENOTDIR');
    permissions.requireWritable('open', path);
    permissions.requireChange(parent, 'open');
    const file = engine.openUnnamed(parent, flags, mode);
    const owner = ownerIn(parent);
    if (owner !== undefined) file.setOwner(owner.uid, owner.gid);
    return file;
  }
}

/** O_EXCL makes a symbolic link at the end count as something that exists. */
function follows(has: (flag: OpenFlag) => boolean): boolean {
  return !has('O_NOFOLLOW') && !(has('O_CREAT') && has('O_EXCL'));
}
