import { errnoName, SystemError } from './errno.js';
import { cString, libc, succeed } from './libc.js';

const O_RDWR = 2;
const O_CLOEXEC = 0x80000;

/** FUSE_DEV_IOC_BACKING_OPEN and FUSE_DEV_IOC_BACKING_CLOSE of linux/fuse.h. */
const BACKING_OPEN = 0x4010_e501;
const BACKING_CLOSE = 0x4004_e502;

/** Failures of read(2) after which there may be another request (linux/fs/fuse/dev.c). */
const again = new Set(['EINTR', 'EAGAIN', 'ENOENT']);
/** Failures of write(2) that mean that nobody waits for the answer any more. */
const tooLate = new Set(['ENOENT', 'EINTR', 'ENODEV']);

/** A connection to the kernel's FUSE, not yet mounted. @throws SystemError ENOENT, EACCES, ENXIO */
export function openFuseDevice(): number {
  return succeed('open', '/dev/fuse', libc.open(cString('/dev/fuse'), O_RDWR | O_CLOEXEC, 0));
}

/** Ends a connection; a union that is still mounted over it says ENOTCONN from then on. */
export function closeFuseDevice(device: number): void {
  libc.close(device);
}

const F_SETFL = 4;
const O_NONBLOCK = 0o4000;

/** `receiveRequest` says so from now on when there is none. */
export function doNotBlock(device: number): void {
  succeed('set_flags', '/dev/fuse', libc.set_flags(device, F_SETFL, O_NONBLOCK));
}

const POLLIN = 1;
/** Two of `struct pollfd`, the second of which may be nobody (poll(2)). */
const polled = Buffer.alloc(16);
const NOBODY = -1;

function poll(device: number, other: number, milliseconds: number): boolean {
  polled.writeInt32LE(device, 0);
  polled.writeUInt32LE(POLLIN, 4);
  polled.writeInt32LE(other, 8);
  polled.writeUInt32LE(POLLIN, 12);
  return libc.poll(polled, 2, milliseconds) > 0; // less: EINTR
}

/** Waits until there is a request, or something to be read from `other`; false when the time is over, or a signal came. */
export function awaitRequest(device: number, other = NOBODY, milliseconds = -1): boolean {
  return poll(device, other, milliseconds);
}

/** Whether there is a request, and whether `other` can be read. */
export function whichIsReady(
  device: number,
  other: number,
): { readonly request: boolean; readonly other: boolean } {
  if (!poll(device, other, 0)) return { request: false, other: false };
  return { request: polled.readUInt16LE(6) !== 0, other: polled.readUInt16LE(14) !== 0 };
}

export type Received = 'request' | 'nothing' | 'unmounted';

/** The next request is put into the buffer. */
export function receiveRequest(device: number, buffer: Buffer): Received {
  const length = libc.read(device, buffer, buffer.length);
  if (length > 0) return 'request';
  const errno = errnoName(-length);
  if (errno === 'ENODEV') return 'unmounted';
  if (again.has(errno)) return 'nothing';
  throw new SystemError(errno, 'read', '/dev/fuse');
}

/** Sends the first `length` bytes of the buffer. */
export function sendReply(device: number, buffer: Buffer, length: number): void {
  const sent = libc.write(device, buffer, length);
  if (sent >= 0) return;
  const errno = errnoName(-sent);
  if (!tooLate.has(errno)) throw new SystemError(errno, 'write', '/dev/fuse');
}

/** Tells the kernel what it has not asked for; false when it refuses, as one does that does not know such a message. */
export function sendNotification(device: number, message: Buffer): boolean {
  return libc.write(device, message, message.length) >= 0;
}

/**
 * Gives the kernel an open file that it can read by itself. Its number there; undefined where this file
 * will not do (ELOOP: its file system is stacked), and `not allowed` where none will: it takes
 * CAP_SYS_ADMIN in the first user namespace.
 */
export function openBacking(device: number, descriptor: number): number | 'not allowed' | undefined {
  const map = Buffer.alloc(16); // struct fuse_backing_map
  map.writeInt32LE(descriptor, 0);
  const id = libc.ioctl(device, BACKING_OPEN, map);
  if (id > 0) return id;
  return errnoName(-id) === 'ELOOP' ? undefined : 'not allowed';
}

export function closeBacking(device: number, id: number): void {
  const number = Buffer.alloc(4);
  number.writeInt32LE(id, 0);
  libc.ioctl(device, BACKING_CLOSE, number);
}
