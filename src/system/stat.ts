import type { Bytes } from '../bytes.js';
import type { Device, Kind, Stat, Time } from '../files.js';
import { attempt, cString } from './libc.js';

/** The S_IFMT bits of a kind (inode(7)), as mknod(2) takes them. */
export const typeBits: Readonly<Record<Kind, number>> = {
  fifo: 0o010000,
  'character-device': 0o020000,
  directory: 0o040000,
  'block-device': 0o060000,
  file: 0o100000,
  symlink: 0o120000,
  socket: 0o140000,
};

const kinds = new Map(Object.entries(typeBits).map(([kind, bits]) => [bits, kind as Kind]));

const AT_FDCWD = -100;
const AT_SYMLINK_NOFOLLOW = 0x100;
const AT_EMPTY_PATH = 0x1000;
const STATX_BASIC_STATS = 0x7ff;

/** One buffer for all calls: the agent is one thread, and a result is decoded at once. */
const buffer = Buffer.alloc(256);
const empty = Buffer.alloc(1);

/** lstat(2) by statx(2), whose layout is the same on every architecture; a negated errno on failure. */
export function statPath(path: Bytes): Stat | number {
  const result = attempt('statx', AT_FDCWD, cString(path), AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, buffer);
  return result < 0 ? result : decode();
}

/** fstat(2); a negated errno on failure. */
export function statDescriptor(descriptor: number): Stat | number {
  const result = attempt('statx', descriptor, empty, AT_EMPTY_PATH, STATX_BASIC_STATS, buffer);
  return result < 0 ? result : decode();
}

function decode(): Stat {
  const mode = buffer.readUInt16LE(28);
  return {
    kind: kinds.get(mode & 0o170000) ?? 'file',
    mode: mode & 0o7777,
    nlink: buffer.readUInt32LE(16),
    uid: buffer.readUInt32LE(20),
    gid: buffer.readUInt32LE(24),
    ino: buffer.readBigUInt64LE(32).toString(),
    size: Number(buffer.readBigUInt64LE(40)),
    blocks: Number(buffer.readBigUInt64LE(48)),
    atime: time(64),
    ctime: time(96),
    mtime: time(112),
    device: { major: buffer.readUInt32LE(128), minor: buffer.readUInt32LE(132) },
    dev: `${buffer.readUInt32LE(136)}:${buffer.readUInt32LE(140)}`,
  };
}

function time(offset: number): Time {
  return { seconds: Number(buffer.readBigInt64LE(offset)), nanoseconds: buffer.readUInt32LE(offset + 8) };
}

/** Of the S_IFMT bits; 0 means a regular file, as in mknod(2). */
export function kindOfMode(mode: number): Kind {
  return kinds.get(mode & 0o170000) ?? 'file';
}

/** new_decode_dev() of linux/kdev_t.h: a device number of 32 bits. */
export function deviceOf(number: number): Device {
  return { major: (number >>> 8) & 0xfff, minor: (number & 0xff) | ((number >>> 12) & 0xfff00) };
}

export function kindOfType(direntType: number): Kind {
  return kinds.get(direntType << 12) ?? 'file';
}
