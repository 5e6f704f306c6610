import { closeSync, ftruncateSync, openSync } from 'node:fs';
import { type Bytes, toBuffer } from '../bytes.js';
import type { Device } from '../files.js';
import { SystemError } from './errno.js';
import { libc, succeed } from './libc.js';

/** linux/loop.h */
const LOOP_CTL_GET_FREE = 0x4c82;
const LOOP_CONFIGURE = 0x4c0a;
const LO_FLAGS_AUTOCLEAR = 4;
const CONFIG_SIZE = 304;
const FLAGS_AT = 60;

/** Kernel documentation, devices.txt. */
const LOOP_MAJOR = 7;

/** How often somebody else may take the free device first. */
const ATTEMPTS = 20;

/** A block device that is a file (loop(4)); the kernel takes it down when nothing has it open any more. */
export interface LoopDevice {
  readonly device: Device;
  close(): void;
}

/**
 * @param backing where the file is made; absolute. @param size in bytes.
 * @throws SystemError ENOENT or EPERM where there are no loop devices.
 */
export function openLoopDevice(backing: Bytes, size: number): LoopDevice {
  const file = openSync(toBuffer(backing), 'w+', 0o600);
  try {
    ftruncateSync(file, size);
    return attach(file);
  } finally {
    closeSync(file);
  }
}

function attach(file: number): LoopDevice {
  const config = Buffer.alloc(CONFIG_SIZE);
  config.writeUInt32LE(file, 0);
  config.writeUInt32LE(LO_FLAGS_AUTOCLEAR, FLAGS_AT);
  for (let attempt = 1; ; attempt += 1) {
    const minor = freeNumber();
    const path = `/dev/loop${minor}`;
    const descriptor = openDevice(path);
    try {
      succeed('ioctl', path, libc.ioctl(descriptor, LOOP_CONFIGURE, config));
      return { device: { major: LOOP_MAJOR, minor }, close: () => closeSync(descriptor) };
    } catch (failure) {
      closeSync(descriptor);
      const isTaken = failure instanceof SystemError && failure.errno === 'EBUSY';
      if (!isTaken || attempt === ATTEMPTS) throw failure;
    }
  }
}

function freeNumber(): number {
  const control = openDevice('/dev/loop-control');
  try {
    return succeed('ioctl', '/dev/loop-control', libc.ioctl(control, LOOP_CTL_GET_FREE, null));
  } finally {
    closeSync(control);
  }
}

/** @throws SystemError */
function openDevice(path: string): number {
  const O_RDWR = 2;
  const O_CLOEXEC = 0o2000000;
  return succeed('open', path, libc.open(Buffer.from(`${path}\0`), O_RDWR | O_CLOEXEC, 0));
}
