import { constants } from 'node:os';

/** The name of an error number, e.g. `ENOENT` (errno(3)). */
export type Errno = `E${string}`;

const names = new Map(Object.entries(constants.errno).map(([name, number]) => [number, name as Errno]));
names.set(95, 'EOPNOTSUPP');
names.set(11, 'EAGAIN');

/** The name of a number; a number Linux has no name for becomes `E` and the number. */
export function errnoName(number: number): Errno {
  return names.get(number) ?? `E${number}`;
}

export function errnoNumber(name: Errno): number {
  if (name === 'EOPNOTSUPP') return 95;
  return constants.errno[name as keyof typeof constants.errno] ?? Number(name.slice(1));
}

/** A system call, or an operation of the in-house union, that failed with an error number. */
export class SystemError extends Error {
  readonly errno: Errno;

  constructor(errno: Errno, call: string, path = '') {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0; // expected on every second operation: a stack costs more than the call
    super(path === '' ? `${call}: ${errno}` : `${call} ${path}: ${errno}`);
    Error.stackTraceLimit = limit;
    this.name = 'SystemError';
    this.errno = errno;
  }
}

/** The errno of a failure; anything that is not one is thrown on, for it is a defect of the harness. */
export function errnoOf(failure: unknown): Errno {
  if (failure instanceof SystemError) return failure.errno;
  throw failure;
}
