/** What is done with the content of open files by descriptor, without a copy of it in between. */
import { errnoName } from './errno.js';
import { libc, succeed } from './libc.js';

const F_SETFL = 4;
const O_NOATIME = 0o1000000;

/** pread(2) into the beginning of a buffer; how many bytes came. */
export function readInto(descriptor: number, buffer: Buffer, length: number, offset: number): number {
  return succeed('pread', '', libc.pread(descriptor, buffer, length, offset));
}

/**
 * From now on what is read through a read-only descriptor leaves no access time; false where that is not
 * allowed, for it takes the owner or CAP_FOWNER (open(2), O_NOATIME).
 */
export function leaveAccessTime(descriptor: number): boolean {
  return libc.set_flags(descriptor, F_SETFL, O_NOATIME) === 0;
}

/** pwrite(2) of all of a buffer, unless the file system is full; how many bytes went. */
export function writeFrom(descriptor: number, data: Buffer, offset: number): number {
  return succeed('pwrite', '', libc.pwrite(descriptor, data, data.length, offset));
}

/** fallocate(2), with the bits of linux/falloc.h. @throws SystemError EOPNOTSUPP */
export function allocate(descriptor: number, bits: number, offset: number, length: number): void {
  succeed('fallocate', '', libc.fallocate(descriptor, bits, offset, length));
}

/** lseek(2), with SEEK_DATA (3) or SEEK_HOLE (4). @throws SystemError ENXIO */
export function seek(descriptor: number, offset: number, whence: number): number {
  return succeed('lseek', '', libc.lseek(descriptor, Math.min(offset, 2 ** 63 - 1024), whence));
}

/** fdatasync(2). */
export function syncData(descriptor: number): void {
  succeed('fdatasync', '', libc.fdatasync(descriptor));
}

const positions = [Buffer.alloc(8), Buffer.alloc(8)] as const;

/** Where in an open file. */
export interface Position {
  readonly descriptor: number;
  readonly offset: number;
}

/** copy_file_range(2): the number of bytes that were copied, which may be fewer. */
export function copyRange(from: Position, to: Position, length: number): number {
  positions[0].writeBigInt64LE(BigInt(from.offset));
  positions[1].writeBigInt64LE(BigInt(to.offset));
  return succeed(
    'copy_file_range',
    '',
    libc.copy_file_range(
      from.descriptor,
      positions[0],
      to.descriptor,
      positions[1],
      Math.min(length, 0x7fff_f000),
      0,
    ),
  );
}

const FICLONERANGE = 0x4020_940d;
/** What a file system says that shares no blocks at all. */
const sharesNothing = new Set(['EOPNOTSUPP', 'ENOTTY']);

/** Makes a range of one file the same blocks as one of another (ioctl_ficlonerange(2)), where that can be. */
export function shareRange(
  from: Position,
  to: Position,
  length: number,
): 'shared' | 'not this range' | 'never' {
  const range = Buffer.alloc(32); // struct file_clone_range
  range.writeBigInt64LE(BigInt(from.descriptor), 0);
  range.writeBigUInt64LE(BigInt(from.offset), 8);
  range.writeBigUInt64LE(BigInt(length), 16);
  range.writeBigUInt64LE(BigInt(to.offset), 24);
  const result = libc.ioctl(to.descriptor, FICLONERANGE, range);
  if (result === 0) return 'shared';
  return sharesNothing.has(errnoName(-result)) ? 'never' : 'not this range';
}
