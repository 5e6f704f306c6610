import { closeSync, openSync } from 'node:fs';
import { errnoName, SystemError } from './errno.js';
import { libc, succeed } from './libc.js';

const LOCK_SH = 1;
const LOCK_EX = 2;
const LOCK_NB = 4;
const F_OFD_SETLK = 37;
const F_RDLCK = 0;
const F_WRLCK = 1;

/**
 * Locks a whole file without waiting: flock(2), or fcntl(2) with F_OFD_SETLK, whose locks
 * belong to the open file description, so that two of one process conflict.
 * @throws SystemError EAGAIN when somebody else holds a lock that conflicts.
 */
export function lockFile(descriptor: number, how: 'flock' | 'fcntl', exclusive: boolean): void {
  if (how === 'flock') {
    succeed('flock', '', libc.flock(descriptor, (exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB));
    return;
  }
  const lock = Buffer.alloc(32); // struct flock: the whole file is start 0 and length 0 from SEEK_SET
  lock.writeInt16LE(exclusive ? F_WRLCK : F_RDLCK, 0);
  succeed('fcntl', '', libc.fcntl(descriptor, F_OFD_SETLK, lock));
}

/**
 * Locks a file or directory for this process alone, as long as it lives or until the answer
 * is called. @returns undefined while somebody else has it. @throws SystemError
 */
export function tryToLock(path: string): (() => void) | undefined {
  const descriptor = openSync(path, 'r');
  const result = libc.flock(descriptor, LOCK_EX | LOCK_NB);
  if (result === 0) return () => closeSync(descriptor);
  closeSync(descriptor);
  if (errnoName(-result) === 'EAGAIN') return undefined;
  throw new SystemError(errnoName(-result), 'flock', path);
}
