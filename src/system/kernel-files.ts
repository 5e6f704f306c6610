/** Files that the kernel makes up when they are read, and that do something when they are written. */
import {
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeSync,
} from 'node:fs';
import { errnoName, SystemError } from './errno.js';

/** @throws SystemError what the kernel answers, in place of Node's own kind of error. */
function withErrno<T>(call: string, path: string, act: () => T): T {
  try {
    return act();
  } catch (failure) {
    const { errno } = failure as NodeJS.ErrnoException;
    if (errno === undefined) throw failure;
    throw new SystemError(errnoName(-errno), call, path);
  }
}

/** @throws SystemError */
export function readKernelFile(path: string): string {
  return withErrno('read', path, () => readFileSync(path, 'latin1'));
}

/**
 * One open(2) without O_CREAT and one write(2), for the kernel takes each write for one order.
 * @throws SystemError
 */
export function writeKernelFile(path: string, text: string): void {
  withErrno('write', path, () => {
    const file = openSync(path, constants.O_WRONLY);
    try {
      writeSync(file, text);
    } finally {
      closeSync(file);
    }
  });
}

/** @throws SystemError */
export function makeKernelDirectory(path: string): void {
  withErrno('mkdir', path, () => mkdirSync(path, { mode: 0o755 }));
}

/** @throws SystemError */
export function removeKernelDirectory(path: string): void {
  withErrno('rmdir', path, () => rmdirSync(path));
}

/** The names of the directories in a directory. @throws SystemError */
export function kernelDirectories(path: string): string[] {
  return withErrno('readdir', path, () =>
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name),
  );
}
