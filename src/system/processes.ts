/**
 * Programs that keep running: started, looked at and collected without an event loop. In
 * the agent this holds for every process there is in its PID namespace, also one that has
 * made itself a daemon, but for the namespace's first, which is the agent's parent.
 */
import { spawn } from 'node:child_process';
import { accessSync, closeSync, constants, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { constants as names } from 'node:os';
import { delimiter, join } from 'node:path';
import { libc, succeed } from './libc.js';
import { waitFor } from './wait.js';

const WNOHANG = 1;

/** How long SIGKILL may take on a busy machine; milliseconds. */
const killed = 2000;

/** The program that execvp(3) would run, absolute; undefined when there is none. */
export function findProgram(name: string): string | undefined {
  if (name.includes('/')) return isExecutable(name) ? name : undefined;
  return (process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

export interface Surroundings {
  /** The working directory; absolute. */
  readonly directory: Buffer;
  /** Where standard output and standard error are appended to. */
  readonly log: Buffer;
  /** Without it, this process' own. */
  readonly environment?: NodeJS.ProcessEnv;
  /** What the program has from descriptor 3 on. */
  readonly descriptors?: readonly number[];
}

/**
 * Starts a program in a session of its own and does not wait for it. Arguments are passed
 * as they are, never through a shell.
 * @returns its process id; undefined when it could not be started.
 */
export function startProgram(
  command: readonly string[],
  { directory, log, environment, descriptors = [] }: Surroundings,
): number | undefined {
  const [program = '', ...parameters] = command;
  const output = openSync(log, 'a');
  try {
    const child = spawn(program, parameters, {
      cwd: directory.toString(),
      env: environment,
      stdio: ['ignore', output, output, ...descriptors],
      detached: true,
    });
    child.on('error', () => {}); // there is no pid then, which says the same
    child.unref();
    return child.pid;
  } catch {
    return undefined; // of some errors it says so at once: ENOMEM in a PID namespace that has ended
  } finally {
    closeSync(output);
  }
}

/** All processes that this one can see, except itself and its parent. */
export function listProcesses(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && pid !== process.ppid);
}

/** The children of a process of one thread (proc_pid_task_children(5)). */
export function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean).map(Number);
  } catch {
    return []; // it has ended
  }
}

/** proc_pid_cmdline(5), with a NUL after each word; nothing of a process that has ended. */
export function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}

/** proc_pid_stat(5): a zombie, which only waits to be collected, is dead. */
export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return !['Z', 'X'].includes(stat[stat.lastIndexOf(')') + 2] ?? 'X');
  } catch {
    return false;
  }
}

/** Waits until a process ends, kills it after `limit` milliseconds, and collects it. */
export function endProcess(pid: number, limit: number): void {
  if (hasEnded(pid, limit)) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    return; // it ended between the look and the signal
  }
  hasEnded(pid, killed);
}

/** How a process ended. */
export type ProcessEnd =
  | { readonly kind: 'exited'; readonly status: number }
  | { readonly kind: 'killed'; readonly signal: NodeJS.Signals };

/**
 * Waits up to `limit` milliseconds for a child to end, and collects it: its end is told once.
 * @throws SystemError ECHILD when it is no child, or was collected before.
 */
export function collectChild(pid: number, limit: number): ProcessEnd | undefined {
  const status = Buffer.alloc(4);
  return waitFor(() => {
    if (succeed('waitpid', `${pid}`, libc.waitpid(pid, status, WNOHANG)) === 0) return undefined;
    return decodeStatus(status.readInt32LE(0));
  }, limit);
}

/** WIFEXITED and what belongs to it (waitpid(2)). */
function decodeStatus(status: number): ProcessEnd {
  const signal = status & 0x7f;
  if (signal === 0) return { kind: 'exited', status: (status >> 8) & 0xff };
  const [name = `SIG${signal}`] = Object.entries(names.signals).find(([, each]) => each === signal) ?? [];
  return { kind: 'killed', signal: name as NodeJS.Signals };
}

/**
 * Waits up to `limit` milliseconds for a process to end. A child is collected as soon as all
 * its threads have ended; somebody else's process can only be looked at.
 */
export function hasEnded(pid: number, limit: number): boolean {
  const ended = waitFor(() => {
    const collected = libc.waitpid(pid, null, WNOHANG);
    return collected > 0 || (collected < 0 && !isAlive(pid)) ? true : undefined;
  }, limit);
  return ended === true;
}
