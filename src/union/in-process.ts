import type { Bytes } from '../bytes.js';
import type {
  AttributeMode,
  Device,
  DirectoryEntry,
  FileSystemStat,
  Files,
  Identity,
  Kind,
  OpenFile,
  OpenFlag,
  RenameMode,
  Stat,
  Times,
} from '../files.js';
import { type Errno, SystemError } from '../system/errno.js';
import { ACCESS_LIST } from './access-control.js';
import { changeAttribute, isShown, readAttribute } from './attribute-rules.js';
import type { NewEntry, Owner } from './creation.js';
import type { Engine } from './engine.js';
import { type Entry, isDirectory } from './entry.js';
import { InProcessFile } from './in-process-file.js';
import { openPath } from './open-path.js';
import { type Located, locate, withoutSlashes } from './path-walk.js';
import { ownIdentity, Permissions, READ, SEARCH, WRITE } from './permissions.js';
import { renamePath } from './rename-path.js';

/**
 * The in-process door: the union as `Files`, for this process alone. It does what the kernel
 * does before it calls a file system: walks paths, checks permissions, and fails in the
 * kernel's order (fs/namei.c, fs/open.c).
 */
export class InProcess implements Files {
  readonly #engine: Engine;
  #permissions: Permissions;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#permissions = new Permissions(engine, ownIdentity());
  }

  actAs(identity: Identity | undefined): void {
    const own = ownIdentity();
    if (identity !== undefined && own.uid !== 0 && identity.uid !== own.uid) {
      throw new SystemError('EPERM', 'setfsuid');
    }
    this.#permissions = new Permissions(this.#engine, identity ?? own);
  }

  #locate(path: Bytes, follow = false): Located {
    return locate(this.#engine, this.#permissions, path, follow);
  }

  /** @throws SystemError ENOENT, ENOTDIR */
  #existing(path: Bytes, call: string, follow = false): Entry {
    const { entry, slash } = this.#locate(path, follow);
    if (entry === undefined) throw new SystemError('ENOENT', call, path);
    if (slash && !isDirectory(entry)) throw new SystemError('ENOTDIR', call, path);
    return entry;
  }

  /** An entry that is going to be changed. */
  #changing(path: Bytes, call: string, follow = false): Entry {
    const entry = this.#existing(path, call, follow);
    this.#permissions.requireWritable(call, path);
    return entry;
  }

  lookup(path: Bytes): Stat | undefined {
    try {
      return this.#engine.statOf(this.#existing(path, 'lstat'));
    } catch (failure) {
      if (failure instanceof SystemError && failure.errno === 'ENOENT') return undefined;
      throw failure;
    }
  }

  list(path: Bytes): DirectoryEntry[] {
    const directory = this.#existing(path, 'readdir', true);
    if (!isDirectory(directory)) throw new SystemError('ENOTDIR', 'readdir', path);
    this.#permissions.require(directory, READ, 'readdir');
    return this.#engine.list(directory);
  }

  readLink(path: Bytes): Bytes {
    const entry = this.#existing(path, 'readlink');
    if (entry.stat.kind !== 'symlink') throw new SystemError('EINVAL', 'readlink', path);
    return this.#engine.readLink(entry);
  }

  open(path: Bytes, flags: readonly OpenFlag[], mode = 0o644): OpenFile {
    const file = openPath(this.#engine, this.#permissions, path, flags, mode, this.#ownerIn);
    return new InProcessFile(file, () => this.#permissions);
  }

  makeDirectory(path: Bytes, mode: number): void {
    const { directory, name } = this.#newName(path, 'mkdir', true);
    this.#make(directory, name, {
      kind: 'directory',
      mode: this.#permissions.modeOfDirectory(directory, mode),
    });
  }

  makeNode(path: Bytes, kind: Exclude<Kind, 'directory' | 'symlink'>, mode: number, device?: Device): void {
    const { directory, name } = this.#newName(path, 'mknod');
    const isDevice = kind === 'character-device' || kind === 'block-device';
    if (isDevice && !this.#permissions.isRoot) throw new SystemError('EPERM', 'mknod', path);
    this.#make(directory, name, { kind, mode, ...(device === undefined ? {} : { device }) });
  }

  makeSymlink(path: Bytes, target: Bytes): void {
    if (target === '') throw new SystemError('ENOENT', 'symlink', path);
    if (target.length >= 4096) throw new SystemError('ENAMETOOLONG', 'symlink', path);
    const { directory, name } = this.#newName(path, 'symlink');
    this.#make(directory, name, { kind: 'symlink', target });
  }

  link(existing: Bytes, path: Bytes): void {
    const entry = this.#existing(existing, 'link');
    const { directory, name } = this.#unusedName(path, 'link');
    this.#permissions.requireLink(entry);
    this.#permissions.requireChange(directory, 'link');
    this.#engine.link(entry, directory, name);
  }

  #make(directory: Entry, name: Bytes, entry: NewEntry): void {
    this.#engine.make(directory, name, entry, this.#ownerIn(directory));
  }

  /** What the branch does by itself needs no system call. */
  #ownerIn = (directory: Entry): Owner | undefined => {
    const owner = this.#permissions.ownerIn(directory);
    const own = ownIdentity();
    return owner.uid === own.uid && owner.gid === own.gid ? undefined : owner;
  };

  #newName(path: Bytes, call: string, isDirectory = false): Located {
    const located = this.#unusedName(path, call, isDirectory);
    this.#permissions.requireChange(located.directory, call);
    return located;
  }

  /** A name for something new, as the kernel's filename_create() looks it up. */
  #unusedName(path: Bytes, call: string, isDirectory = false): Located {
    const located = this.#locate(withoutSlashes(path));
    const { last, entry } = located;
    if (last !== 'name' || entry !== undefined) throw new SystemError('EEXIST', call, path);
    if (path.endsWith('/') && !isDirectory) throw new SystemError('ENOENT', call, path);
    this.#permissions.requireWritable(call, path);
    return located;
  }

  unlink(path: Bytes): void {
    const { directory, entry } = this.#leaving(path, 'unlink', {
      '.': 'EISDIR',
      '..': 'EISDIR',
      root: 'EISDIR',
    });
    if (path.endsWith('/')) throw new SystemError(isDirectory(entry) ? 'EISDIR' : 'ENOTDIR', 'unlink', path);
    this.#permissions.requireRemoval(directory, entry, 'unlink');
    this.#engine.unlink(directory, entry);
  }

  removeDirectory(path: Bytes): void {
    const { directory, entry } = this.#leaving(path, 'rmdir', {
      '.': 'EINVAL',
      '..': 'ENOTEMPTY',
      root: 'EBUSY',
    });
    this.#permissions.requireRemoval(directory, entry, 'rmdir');
    this.#engine.removeDirectory(directory, entry);
  }

  /** A name that goes away; what no name can be removed by fails with the errno it is given. */
  #leaving(
    path: Bytes,
    call: string,
    others: Readonly<Record<'.' | '..' | 'root', Errno>>,
  ): { readonly directory: Entry; readonly entry: Entry } {
    const { last, directory, entry } = this.#locate(withoutSlashes(path));
    if (last !== 'name') throw new SystemError(others[last], call, path);
    this.#permissions.requireWritable(call, path);
    if (entry === undefined) throw new SystemError('ENOENT', call, path);
    return { directory, entry };
  }

  rename(from: Bytes, to: Bytes, mode: RenameMode): void {
    renamePath(this.#engine, this.#permissions, from, to, mode);
  }

  truncate(path: Bytes, size: number): void {
    if (size < 0) throw new SystemError('EINVAL', 'truncate', path);
    const entry = this.#existing(path, 'truncate', true);
    if (isDirectory(entry)) throw new SystemError('EISDIR', 'truncate', path);
    if (entry.stat.kind !== 'file') throw new SystemError('EINVAL', 'truncate', path);
    this.#permissions.requireWritable('truncate', path);
    this.#permissions.require(entry, WRITE, 'truncate');
    this.#engine.truncate(entry, size);
    const mode = this.#permissions.modeAfterWrite(entry.stat);
    if (mode !== undefined) this.#engine.setMode(this.#existing(path, 'truncate', true), mode);
  }

  setMode(path: Bytes, mode: number): void {
    const entry = this.#changing(path, 'chmod', true);
    this.#permissions.requireOwner(entry.stat, 'chmod');
    this.#engine.setMode(entry, this.#permissions.modeFor(entry.stat, mode));
  }

  setOwner(path: Bytes, uid: number, gid: number): void {
    const entry = this.#changing(path, 'chown');
    this.#permissions.requireChown(entry.stat, uid, gid);
    this.#engine.setOwner(entry, uid, gid);
  }

  setTimes(path: Bytes, times: Times): void {
    const entry = this.#changing(path, 'utimensat');
    if (times.atime === undefined && times.mtime === undefined) return;
    this.#permissions.requireOwner(entry.stat, 'utimensat');
    this.#engine.setTimes(entry, times);
  }

  getAttribute(path: Bytes, name: Bytes): Buffer {
    return readAttribute(this.#engine, this.#permissions, this.#existing(path, 'getxattr'), name);
  }

  setAttribute(path: Bytes, name: Bytes, value: Buffer, mode: AttributeMode): void {
    const entry = this.#changing(path, 'setxattr');
    changeAttribute(this.#permissions, entry, name, value);
    this.#engine.setAttribute(entry, name, value, mode);
    if (name === ACCESS_LIST) this.#dropGroupBit(this.#existing(path, 'setxattr'));
  }

  /** A list sets the mode, as chmod(2) does. */
  #dropGroupBit(entry: Entry): void {
    const { stat } = entry;
    const left = this.#permissions.modeFor(stat, stat.mode);
    if (left !== stat.mode) this.#engine.setMode(entry, left);
  }

  listAttributes(path: Bytes): Bytes[] {
    const entry = this.#existing(path, 'listxattr');
    return this.#engine.listAttributes(entry).filter((name) => isShown(this.#permissions, name));
  }

  removeAttribute(path: Bytes, name: Bytes): void {
    const entry = this.#changing(path, 'removexattr');
    changeAttribute(this.#permissions, entry, name);
    this.#engine.removeAttribute(entry, name);
  }

  access(path: Bytes, mask: number): void {
    const entry = this.#existing(path, 'access', true);
    const onDisk = ['file', 'directory', 'symlink'].includes(entry.stat.kind);
    if ((mask & WRITE) !== 0 && onDisk) this.#permissions.requireWritable('access', path);
    this.#permissions.require(entry, mask & (READ | WRITE | SEARCH), 'access');
  }

  statfs(path: Bytes): FileSystemStat {
    this.#existing(path, 'statfs', true);
    return this.#engine.statfs();
  }
}
