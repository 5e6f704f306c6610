import { spawnSync } from 'node:child_process';
import { errnoName, SystemError } from './errno.js';

/** What a program did; `status` is null when a signal ended it. */
export interface Ran {
  readonly status: number | null;
  /** Standard output, followed by standard error. */
  readonly output: string;
  /** Standard output alone. */
  readonly stdout: string;
}

const LIMIT_MS = 10_000;

/**
 * Runs a program to its end. Arguments are passed as they are, never through a shell.
 * @param limit milliseconds; 0 for none.
 * @throws SystemError ENOENT when there is no such program, ETIMEDOUT after the limit.
 */
export function runProgram(
  command: readonly string[],
  directory: string,
  input: string | Buffer = '',
  limit = LIMIT_MS,
): Ran {
  const [program = '', ...parameters] = command;
  const ran = spawnSync(program, parameters, {
    cwd: directory,
    input,
    encoding: 'utf8',
    timeout: limit,
    killSignal: 'SIGKILL',
  });
  // With a status it ran: it has only not read all that it was given (EPIPE).
  if (ran.error !== undefined && ran.status === null) {
    const { errno = 0 } = ran.error as NodeJS.ErrnoException;
    throw new SystemError(errnoName(-errno), 'spawn', program);
  }
  return { status: ran.status, output: `${ran.stdout}${ran.stderr}`, stdout: ran.stdout };
}

/**
 * Runs a program that has to succeed.
 * @throws SystemError EIO with the end of its words when it does not; else as `runProgram`.
 */
export function runOrFail(command: readonly string[], directory: string): void {
  const { status, output } = runProgram(command, directory);
  if (status === 0) return;
  throw new SystemError('EIO', command[0] ?? '', output.trim().split('\n').at(-1));
}
