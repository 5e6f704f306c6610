import { type Bytes, fromBuffer } from '../bytes.js';
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
import { errnoName, SystemError } from './errno.js';
import { becomeFileUser } from './identity.js';
import { cString, libc, pathString, succeed } from './libc.js';
import { DescriptorFile, openFlags, timespecs } from './open-file.js';
import { statPath, typeBits } from './stat.js';

const AT_FDCWD = -100;
const AT_SYMLINK_NOFOLLOW = 0x100;
const AT_EACCESS = 0x200;
const AT_SYMLINK_FOLLOW = 0x400;

/** linux/fs.h */
const renameBits: Readonly<Record<RenameMode, number>> = {
  replace: 0,
  'no-replace': 1,
  exchange: 2,
  whiteout: 4,
};

/** sys/xattr.h */
const attributeBits: Readonly<Record<AttributeMode, number>> = { set: 0, create: 1, replace: 2 };

const value = Buffer.alloc(65536);
/** Enough for most attributes. The kernel clears as much memory as it is given room for. */
const LITTLE = 512;
const ERANGE = 34;

/** The files below a directory of this machine, also of a mounted union. */
export function openDirectory(root: Bytes): Files {
  return new Directory(root);
}

export class Directory implements Files {
  readonly #root: Bytes;

  constructor(root: Bytes) {
    this.#root = root;
  }

  get changes(): number | undefined {
    return undefined;
  }

  /** The path as C wants it; it is used before the next but one is asked for. */
  protected c(path: Bytes): Buffer {
    return pathString(path === '' ? this.#root : `${this.#root}/${path}`);
  }

  lookup(path: Bytes): Stat | undefined {
    const result = statPath(this.c(path));
    if (typeof result !== 'number') return result;
    const errno = errnoName(-result);
    if (errno === 'ENOENT') return undefined;
    throw new SystemError(errno, 'lstat', path);
  }

  list(path: Bytes): DirectoryEntry[] {
    const directory = this.open(path, ['O_RDONLY', 'O_DIRECTORY']);
    try {
      return directory.list();
    } finally {
      directory.close();
    }
  }

  readLink(path: Bytes): Bytes {
    const length = succeed('readlink', path, libc.readlink(this.c(path), value, value.length));
    return fromBuffer(value.subarray(0, length));
  }

  open(path: Bytes, flags: readonly OpenFlag[], mode = 0o644): OpenFile {
    const descriptor = succeed('open', path, libc.open(this.c(path), openFlags(flags), mode));
    return new DescriptorFile(descriptor, flags);
  }

  makeDirectory(path: Bytes, mode: number): void {
    succeed('mkdir', path, libc.mkdir(this.c(path), mode));
  }

  makeNode(path: Bytes, kind: Exclude<Kind, 'directory' | 'symlink'>, mode: number, device?: Device): void {
    const { major, minor } = device ?? { major: 0, minor: 0 };
    // makedev(3)
    const number =
      (BigInt(minor) & 0xffn) |
      ((BigInt(major) & 0xfffn) << 8n) |
      ((BigInt(minor) & ~0xffn) << 12n) |
      ((BigInt(major) & ~0xfffn) << 32n);
    succeed('mknod', path, libc.mknod(this.c(path), typeBits[kind] | mode, number));
  }

  makeSymlink(path: Bytes, target: Bytes): void {
    succeed('symlink', path, libc.symlink(cString(target), this.c(path)));
  }

  link(existing: Bytes, path: Bytes): void {
    succeed('link', path, libc.link(this.c(existing), this.c(path)));
  }

  linkOpen({ descriptor }: OpenFile, path: Bytes): void {
    const existing = cString(`/proc/self/fd/${descriptor}`);
    succeed('linkat', path, libc.linkat(AT_FDCWD, existing, AT_FDCWD, this.c(path), AT_SYMLINK_FOLLOW));
  }

  unlink(path: Bytes): void {
    succeed('unlink', path, libc.unlink(this.c(path)));
  }

  removeDirectory(path: Bytes): void {
    succeed('rmdir', path, libc.rmdir(this.c(path)));
  }

  rename(from: Bytes, to: Bytes, mode: RenameMode): void {
    succeed(
      'renameat2',
      from,
      libc.renameat2(AT_FDCWD, this.c(from), AT_FDCWD, this.c(to), renameBits[mode]),
    );
  }

  truncate(path: Bytes, size: number): void {
    succeed('truncate', path, libc.truncate(this.c(path), size));
  }

  setMode(path: Bytes, mode: number): void {
    succeed('chmod', path, libc.chmod(this.c(path), mode));
  }

  setOwner(path: Bytes, uid: number, gid: number): void {
    succeed('lchown', path, libc.lchown(this.c(path), uid, gid));
  }

  setTimes(path: Bytes, times: Times): void {
    succeed('utimensat', path, libc.utimensat(AT_FDCWD, this.c(path), timespecs(times), AT_SYMLINK_NOFOLLOW));
  }

  getAttribute(path: Bytes, name: Bytes): Buffer {
    const length = withRoom((room) => libc.lgetxattr(this.c(path), pathString(name), value, room));
    if (length < 0) throw new SystemError(errnoName(-length), 'lgetxattr', path);
    return Buffer.from(value.subarray(0, length));
  }

  setAttribute(path: Bytes, name: Bytes, data: Buffer, mode: AttributeMode): void {
    succeed(
      'lsetxattr',
      path,
      libc.lsetxattr(this.c(path), cString(name), data, data.length, attributeBits[mode]),
    );
  }

  listAttributes(path: Bytes): Bytes[] {
    const length = withRoom((room) => libc.llistxattr(this.c(path), value, room));
    if (length < 0) {
      const errno = errnoName(-length);
      if (errno === 'EOPNOTSUPP') return [];
      throw new SystemError(errno, 'llistxattr', path);
    }
    return fromBuffer(value.subarray(0, length)).split('\0').slice(0, -1) as Bytes[];
  }

  removeAttribute(path: Bytes, name: Bytes): void {
    succeed('lremovexattr', path, libc.lremovexattr(this.c(path), cString(name)));
  }

  access(path: Bytes, mask: number): void {
    succeed('faccessat', path, libc.faccessat(AT_FDCWD, this.c(path), mask, AT_EACCESS));
  }

  statfs(path: Bytes): FileSystemStat {
    const buffer = Buffer.alloc(120);
    succeed('statfs', path, libc.statfs(this.c(path), buffer));
    return {
      blockSize: Number(buffer.readBigInt64LE(8)),
      blocks: Number(buffer.readBigUInt64LE(16)),
      blocksFree: Number(buffer.readBigUInt64LE(24)),
      blocksAvailable: Number(buffer.readBigUInt64LE(32)),
      files: Number(buffer.readBigUInt64LE(40)),
      filesFree: Number(buffer.readBigUInt64LE(48)),
      nameMax: Number(buffer.readBigInt64LE(64)),
      fragmentSize: Number(buffer.readBigInt64LE(72)),
    };
  }

  actAs(identity: Identity | undefined): void {
    becomeFileUser(identity);
  }
}

function withRoom(read: (room: number) => number): number {
  const length = read(LITTLE);
  return length === -ERANGE ? read(value.length) : length;
}
