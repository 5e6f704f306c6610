import { errnoName, SystemError } from './errno.js';
import { attempt, call, cString } from './libc.js';

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
  return call('open', '/dev/fuse', cString('/dev/fuse'), O_RDWR | O_CLOEXEC, 0);
}

/** Ends a connection; a union that is still mounted over it says ENOTCONN from then on. */
export function closeFuseDevice(device: number): void {
  attempt('close', device);
}

const POLLIN = 1;
/** Two of `struct pollfd`. */
const polled = Buffer.alloc(16);

/** Looks up to so many times whether there is a request, without sleeping in between. */
export function looksForRequest(device: number, times: number): boolean {
  polled.writeInt32LE(device, 0);
  polled.writeUInt32LE(POLLIN, 4);
  for (let left = times; left > 0; left -= 1) if (attempt('poll', polled, 1, 0) !== 0) return true;
  return false;
}

/** Waits until there is a request, or `other` can be read; whether each is so (poll(2)). */
export function awaitEither(
  device: number,
  other: number,
): { readonly request: boolean; readonly other: boolean } {
  polled.writeInt32LE(device, 0);
  polled.writeUInt32LE(POLLIN, 4);
  polled.writeInt32LE(other, 8);
  polled.writeUInt32LE(POLLIN, 12);
  if (attempt('poll', polled, 2, -1) < 0) return { request: false, other: false }; // EINTR
  return { request: polled.readUInt16LE(6) !== 0, other: polled.readUInt16LE(14) !== 0 };
}

/** The next request is put into the buffer; false when the union is not mounted any more. */
export function receiveRequest(device: number, buffer: Buffer): boolean {
  for (;;) {
    const length = attempt('read', device, buffer, buffer.length);
    if (length > 0) return true;
    const errno = errnoName(-length);
    if (errno === 'ENODEV') return false;
    if (!again.has(errno)) throw new SystemError(errno, 'read', '/dev/fuse');
  }
}

/** Sends the first `length` bytes of the buffer. */
export function sendReply(device: number, buffer: Buffer, length: number): void {
  const sent = attempt('write', device, buffer, length);
  if (sent >= 0) return;
  const errno = errnoName(-sent);
  if (!tooLate.has(errno)) throw new SystemError(errno, 'write', '/dev/fuse');
}

/** Tells the kernel what it has not asked for; false when it refuses, as one does that does not know such a message. */
export function sendNotification(device: number, message: Buffer): boolean {
  return attempt('write', device, message, message.length) >= 0;
}

/**
 * Gives the kernel an open file that it can read by itself. Its number there; undefined where this file
 * will not do (ELOOP: its file system is stacked), and `not allowed` where none will: it takes
 * CAP_SYS_ADMIN in the first user namespace.
 */
export function openBacking(device: number, descriptor: number): number | 'not allowed' | undefined {
  const map = Buffer.alloc(16); // struct fuse_backing_map
  map.writeInt32LE(descriptor, 0);
  const id = attempt('ioctl', device, BACKING_OPEN, map);
  if (id > 0) return id;
  return errnoName(-id) === 'ELOOP' ? undefined : 'not allowed';
}

export function closeBacking(device: number, id: number): void {
  const number = Buffer.alloc(4);
  number.writeInt32LE(id, 0);
  attempt('ioctl', device, BACKING_CLOSE, number);
}
