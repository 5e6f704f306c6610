import { constants } from 'node:fs';
import type { Bytes } from '../bytes.js';
import type { AllocateMode, DirectoryEntry, OpenFile, OpenFlag, Stat, Times } from '../files.js';
import { errnoName, SystemError } from './errno.js';
import { cString, libc, succeed } from './libc.js';
import { kindOfType, statDescriptor } from './stat.js';

const O_PATH = 0o10000000;
const O_TMPFILE = 0o20000000 | constants.O_DIRECTORY;
const O_CLOEXEC = 0o2000000;

const flagBits: Readonly<Record<OpenFlag, number>> = {
  O_RDONLY: constants.O_RDONLY,
  O_WRONLY: constants.O_WRONLY,
  O_RDWR: constants.O_RDWR,
  O_CREAT: constants.O_CREAT,
  O_EXCL: constants.O_EXCL,
  O_TRUNC: constants.O_TRUNC,
  O_APPEND: constants.O_APPEND,
  O_DIRECTORY: constants.O_DIRECTORY,
  O_NOFOLLOW: constants.O_NOFOLLOW,
  O_NONBLOCK: constants.O_NONBLOCK,
  O_DIRECT: constants.O_DIRECT,
  O_TMPFILE,
  O_PATH,
};

/** The number open(2) takes; O_CLOEXEC is always there, so that no child keeps a union busy. */
export function openFlags(flags: readonly OpenFlag[]): number {
  return flags.reduce((all, flag) => all | flagBits[flag], O_CLOEXEC);
}

/** linux/falloc.h */
const allocateBits: Readonly<Record<AllocateMode, number>> = {
  allocate: 0,
  'keep-size': 1,
  'punch-hole': 3,
};

const SEEK_SET = 0;
const SEEK_DATA = 3;
const SEEK_HOLE = 4;

const listing = Buffer.alloc(65536);
const words = new Uint32Array(listing.buffer, listing.byteOffset, listing.length / 4);
const UTIME_NOW = 0x3fffffff;
const UTIME_OMIT = 0x3ffffffe;

const specs = Buffer.alloc(32);

/** The two `struct timespec` of utimensat(2): access, then modification; they hold until the next are asked for. */
export function timespecs({ atime, mtime }: Times): Buffer {
  putTime(0, atime);
  putTime(16, mtime);
  return specs;
}

/** In halves: 64-bit numbers are slow to make. */
function putTime(at: number, time: Times['atime']): void {
  const isGiven = time !== undefined && time !== 'now';
  const seconds = isGiven ? time.seconds : 0;
  specs.writeUInt32LE(seconds >>> 0, at);
  specs.writeInt32LE(Math.floor(seconds / 0x1_0000_0000), at + 4);
  specs.writeUInt32LE(isGiven ? time.nanoseconds : time === 'now' ? UTIME_NOW : UTIME_OMIT, at + 8);
}

/** What copy_file_range(2) says of two files that the kernel cannot copy between. */
const cannotCopy = new Set(['EXDEV', 'EINVAL', 'EOPNOTSUPP', 'ENOSYS', 'EBADF', 'EPERM']);

/** A `loff_t` for the kernel to read and move on. */
function position(offset: number): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigInt64LE(BigInt(offset));
  return buffer;
}

/** An open file of this process. */
export class DescriptorFile implements OpenFile {
  readonly descriptor: number;
  readonly #append: boolean;

  constructor(descriptor: number, flags: readonly OpenFlag[]) {
    this.descriptor = descriptor;
    this.#append = flags.includes('O_APPEND');
  }

  stat(): Stat {
    const result = statDescriptor(this.descriptor);
    if (typeof result === 'number') throw new SystemError(errnoName(-result), 'fstat');
    return result;
  }

  read(offset: number, length: number): Buffer {
    const buffer = Buffer.allocUnsafe(length);
    let done = 0;
    while (done < length) {
      const chunk = done === 0 ? buffer : buffer.subarray(done);
      const count = succeed('pread', '', libc.pread(this.descriptor, chunk, length - done, offset + done));
      if (count === 0) break;
      done += count;
    }
    return buffer.subarray(0, done);
  }

  write(offset: number, data: Buffer): number {
    return this.#append
      ? succeed('write', '', libc.write(this.descriptor, data, data.length))
      : succeed('pwrite', '', libc.pwrite(this.descriptor, data, data.length, offset));
  }

  copyFrom(source: OpenFile, offset: number, length: number): number | undefined {
    if (source.descriptor === undefined) return undefined;
    const [from, to] = [position(offset), position(offset)];
    const count = libc.copy_file_range(source.descriptor, from, this.descriptor, to, length, 0);
    if (count >= 0) return count;
    const errno = errnoName(-count);
    if (cannotCopy.has(errno)) return undefined;
    throw new SystemError(errno, 'copy_file_range');
  }

  truncate(size: number): void {
    succeed('ftruncate', '', libc.ftruncate(this.descriptor, size));
  }

  setMode(mode: number): void {
    succeed('fchmod', '', libc.fchmod(this.descriptor, mode));
  }

  setOwner(uid: number, gid: number): void {
    succeed('fchown', '', libc.fchown(this.descriptor, uid, gid));
  }

  setTimes(times: Times): void {
    succeed('futimens', '', libc.futimens(this.descriptor, timespecs(times)));
  }

  allocate(mode: AllocateMode, offset: number, length: number): void {
    succeed('fallocate', '', libc.fallocate(this.descriptor, allocateBits[mode], offset, length));
  }

  seek(to: 'data' | 'hole', offset: number): number | undefined {
    const result = libc.lseek(this.descriptor, offset, to === 'data' ? SEEK_DATA : SEEK_HOLE);
    if (result >= 0) return result;
    if (errnoName(-result) === 'ENXIO') return undefined;
    throw new SystemError(errnoName(-result), 'lseek');
  }

  list(): DirectoryEntry[] {
    succeed('lseek', '', libc.lseek(this.descriptor, 0, SEEK_SET));
    return listDescriptor(this.descriptor);
  }

  sync(): void {
    succeed('fsync', '', libc.fsync(this.descriptor));
  }

  reopen(flags: readonly OpenFlag[]): OpenFile {
    const again = flags.filter((flag) => flag !== 'O_NOFOLLOW'); // it is a symbolic link that leads there
    const path = cString(`/proc/self/fd/${this.descriptor}`);
    return new DescriptorFile(succeed('open', '', libc.open(path, openFlags(again), 0)), flags);
  }

  close(): void {
    succeed('close', '', libc.close(this.descriptor));
  }
}

/** getdents64(2) of an open directory, from its current position. */
function listDescriptor(descriptor: number): DirectoryEntry[] {
  const entries: DirectoryEntry[] = [];
  for (;;) {
    const length = succeed('getdents64', '', libc.getdents64(descriptor, listing, listing.length));
    if (length === 0) return entries;
    for (let at = 0; at < length; at += listing.readUInt16LE(at + 16)) {
      let end = at + 19;
      while (listing[end] !== 0) end += 1;
      const name = listing.toString('latin1', at + 19, end) as Bytes;
      if (name === '.' || name === '..') continue;
      const kind = kindOfType(listing[at + 18] ?? 0);
      entries.push({ name, kind, ino: inodeAt(at) });
    }
  }
}

/** 64-bit numbers are slow to make. */
function inodeAt(at: number): string {
  const isShort = words[at / 4 + 1] === 0;
  return isShort ? String(words[at / 4]) : listing.readBigUInt64LE(at).toString();
}
