import type { Bytes } from '../bytes.js';
import type { Device, Kind, Stat, Time } from '../files.js';
import { cString, libc } from './libc.js';

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
const buffer = Buffer.from(new ArrayBuffer(256));
const empty = Buffer.alloc(1);

/** lstat(2) by statx(2), whose layout is the same on every architecture; a negated errno on failure. */
export function statPath(path: Bytes | Buffer): Stat | number {
  const name = typeof path === 'string' ? cString(path) : path;
  const result = libc.statx(AT_FDCWD, name, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, buffer);
  return result < 0 ? result : decode();
}

/** fstat(2); a negated errno on failure. */
export function statDescriptor(descriptor: number): Stat | number {
  const result = libc.statx(descriptor, empty, AT_EMPTY_PATH, STATX_BASIC_STATS, buffer);
  return result < 0 ? result : decode();
}

/** By words of 32 bits: a hundred thousand are decoded in a second, and 64-bit numbers are slow to make. */
function decode(): Stat {
  const mode = halves[14] ?? 0;
  return {
    kind: kinds.get(mode & 0o170000) ?? 'file',
    mode: mode & 0o7777,
    nlink: word(4),
    uid: word(5),
    gid: word(6),
    ino: word(9) === 0 ? String(word(8)) : buffer.readBigUInt64LE(32).toString(),
    size: long(10),
    blocks: long(12),
    atime: time(16),
    ctime: time(24),
    mtime: time(28),
    device: word(32) === 0 && word(33) === 0 ? noDevice : { major: word(32), minor: word(33) },
    dev: deviceName(word(34), word(35)),
  };
}

const words = new Uint32Array(buffer.buffer, buffer.byteOffset, buffer.length / 4);
const halves = new Uint16Array(buffer.buffer, buffer.byteOffset, buffer.length / 2);
const noDevice: Device = { major: 0, minor: 0 };

function word(index: number): number {
  return words[index] ?? 0;
}

function long(index: number): number {
  return word(index) + word(index + 1) * 0x1_0000_0000;
}

function time(index: number): Time {
  return { seconds: word(index) + (word(index + 1) | 0) * 0x1_0000_0000, nanoseconds: word(index + 2) };
}

/** The last one again, most of the time. */
let device = { major: -1, minor: -1, name: '' };

function deviceName(major: number, minor: number): string {
  if (device.major !== major || device.minor !== minor) device = { major, minor, name: `${major}:${minor}` };
  return device.name;
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
