import { openSync } from 'node:fs';
import { type Bytes, toBuffer } from '../bytes.js';
import { cString, libc, succeed } from './libc.js';

const S_IFIFO = 0o010000;

/** A new named pipe, open at both ends: neither opening nor writing waits for the other (fifo(7)). @throws SystemError EEXIST */
export function openNewFifo(path: Bytes): number {
  succeed('mknod', path, libc.mknod(cString(path), S_IFIFO | 0o600, 0));
  return openSync(toBuffer(path), 'r+');
}
