/**
 * The one interface through which a file tree is seen: a directory of this machine
 * (`src/system/directory.ts`), a mounted union, or the in-house union in process.
 * Operations have the names and the meaning of the system calls in section 2 of the
 * manual; every failure is a `SystemError` with an errno.
 *
 * Paths are relative to the root, without a leading slash; the empty path is the root.
 */
import type { Bytes } from './bytes.js';

export type Kind = 'file' | 'directory' | 'symlink' | 'fifo' | 'socket' | 'character-device' | 'block-device';

/** Seconds since 1970 and nanoseconds (0–999999999), as in `struct timespec`. */
export interface Time {
  readonly seconds: number;
  readonly nanoseconds: number;
}

export interface Device {
  readonly major: number;
  readonly minor: number;
}

/** statx(2) without following a symbolic link. */
export interface Stat {
  readonly kind: Kind;
  /** Permission bits with set-user-ID, set-group-ID and sticky: 0–07777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes. */
  readonly size: number;
  readonly nlink: number;
  /** Decimal; a string because it may exceed 2⁵³. */
  readonly ino: string;
  /** `major:minor` of the containing file system. */
  readonly dev: string;
  /** The device a device node stands for. */
  readonly device: Device;
  /** Allocated space in units of 512 bytes. */
  readonly blocks: number;
  readonly atime: Time;
  readonly mtime: Time;
  readonly ctime: Time;
}

export interface DirectoryEntry {
  readonly name: Bytes;
  readonly ino: string;
  readonly kind: Kind;
}

/** Flags of open(2); one of the first three says the access mode (default `O_RDONLY`). */
export type OpenFlag =
  | 'O_RDONLY'
  | 'O_WRONLY'
  | 'O_RDWR'
  | 'O_CREAT'
  | 'O_EXCL'
  | 'O_TRUNC'
  | 'O_APPEND'
  | 'O_DIRECTORY'
  | 'O_NOFOLLOW'
  | 'O_NONBLOCK'
  | 'O_DIRECT'
  | 'O_TMPFILE'
  | 'O_PATH';

/** renameat2(2): replace as rename(2), or RENAME_NOREPLACE, RENAME_EXCHANGE, RENAME_WHITEOUT. */
export type RenameMode = 'replace' | 'no-replace' | 'exchange' | 'whiteout';

/** setxattr(2): create or replace, XATTR_CREATE, XATTR_REPLACE. */
export type AttributeMode = 'set' | 'create' | 'replace';

/** fallocate(2): the default mode, FALLOC_FL_PUNCH_HOLE|KEEP_SIZE, FALLOC_FL_KEEP_SIZE. */
export type AllocateMode = 'allocate' | 'punch-hole' | 'keep-size';

/** Who acts: the file-system identity that permission checks use (credentials(7)). */
export interface Identity {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
}

/** utimensat(2): what is left out stays, `now` is UTIME_NOW. */
export interface Times {
  readonly atime?: Time | 'now';
  readonly mtime?: Time | 'now';
}

/** statfs(2), what programs act on. */
export interface FileSystemStat {
  readonly blockSize: number;
  readonly blocks: number;
  readonly blocksFree: number;
  /** Blocks that an ordinary user may take. */
  readonly blocksAvailable: number;
  /** Inodes. */
  readonly files: number;
  readonly filesFree: number;
  readonly nameMax: number;
  /** The unit of the three numbers of blocks, in bytes. */
  readonly fragmentSize: number;
}

/** An open file description. */
export interface OpenFile {
  stat(): Stat;
  /** pread(2); fewer bytes at the end of the file. */
  read(offset: number, length: number): Buffer;
  /** pwrite(2), or write(2) at the end for a file opened with O_APPEND; the number of bytes written. */
  write(offset: number, data: Buffer): number;
  truncate(size: number): void;
  /**
   * copy_file_range(2) from another open file to the same place in this one: shares blocks where the
   * file system can. The number of bytes copied; undefined where the kernel has no way for these two
   * files, or they are not of this process.
   */
  copyFrom?(source: OpenFile, offset: number, length: number): number | undefined;
  setMode(mode: number): void;
  setOwner(uid: number, gid: number): void;
  setTimes(times: Times): void;
  allocate(mode: AllocateMode, offset: number, length: number): void;
  /** lseek(2) with SEEK_DATA or SEEK_HOLE; undefined past the last data (ENXIO). */
  seek(to: 'data' | 'hole', offset: number): number | undefined;
  /** The entries of an open directory, from its beginning (rewinddir(3)). @throws SystemError ENOTDIR */
  list(): DirectoryEntry[];
  sync(): void;
  /** open(2) of `/proc/self/fd/N`: the same file once more, also when it has no name any more. */
  reopen?(flags: readonly OpenFlag[]): OpenFile;
  close(): void;
  /** The file descriptor in this process, where there is one: needed for mmap(2) and locks. */
  readonly descriptor?: number | undefined;
}

export interface Files {
  /**
   * How many names have come and gone since it was opened, where nobody else changes them: as long as
   * this stays, every name leads where it did. Undefined where others may change names too.
   */
  readonly changes?: number | undefined;
  /** lstat(2); undefined when the entry does not exist (ENOENT). Other failures, e.g. ENOTDIR, throw. */
  lookup(path: Bytes): Stat | undefined;
  /** The entries of a directory in readdir(3) order, without `.` and `..`. */
  list(path: Bytes): DirectoryEntry[];
  readLink(path: Bytes): Bytes;
  /** open(2); `mode` is used with O_CREAT and O_TMPFILE, and no umask is applied to it. */
  open(path: Bytes, flags: readonly OpenFlag[], mode?: number): OpenFile;
  makeDirectory(path: Bytes, mode: number): void;
  /** mknod(2) of a fifo, socket or device, or of an empty regular file. */
  makeNode(path: Bytes, kind: Exclude<Kind, 'directory' | 'symlink'>, mode: number, device?: Device): void;
  makeSymlink(path: Bytes, target: Bytes): void;
  /** link(2): does not follow a symbolic link at `existing`. */
  link(existing: Bytes, path: Bytes): void;
  /** linkat(2) with AT_SYMLINK_FOLLOW of `/proc/self/fd/N`: gives a file of O_TMPFILE a name. @throws SystemError ENOENT */
  linkOpen?(file: OpenFile, path: Bytes): void;
  unlink(path: Bytes): void;
  removeDirectory(path: Bytes): void;
  rename(from: Bytes, to: Bytes, mode: RenameMode): void;
  truncate(path: Bytes, size: number): void;
  /** chmod(2): follows a symbolic link. */
  setMode(path: Bytes, mode: number): void;
  /** lchown(2); -1 leaves a value as it is. */
  setOwner(path: Bytes, uid: number, gid: number): void;
  /** utimensat(2) with AT_SYMLINK_NOFOLLOW. */
  setTimes(path: Bytes, times: Times): void;
  /** lgetxattr(2): like the other three, does not follow a symbolic link. */
  getAttribute(path: Bytes, name: Bytes): Buffer;
  setAttribute(path: Bytes, name: Bytes, value: Buffer, mode: AttributeMode): void;
  listAttributes(path: Bytes): Bytes[];
  removeAttribute(path: Bytes, name: Bytes): void;
  /** access(2) with the effective identity: R, W, X as a mask 4, 2, 1. */
  access(path: Bytes, mask: number): void;
  statfs(path: Bytes): FileSystemStat;
  /** Every later operation is done as this identity; undefined returns to the process' own. */
  actAs(identity: Identity | undefined): void;
}
