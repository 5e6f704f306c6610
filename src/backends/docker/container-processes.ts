/**
 * Processes of containers, in a directory of a proc file system: an engine counts those of its own PID namespace, and
 * here they have other numbers.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * The first process of a running container: its control groups are named by the container's id, and its number in its
 * own PID namespace is 1 (`NSpid` of proc_pid_status(5)).
 */
export function firstProcessOf(proc: string, container: string): number | undefined {
  return numbersIn(proc).find(
    (pid) => read(proc, pid, 'cgroup').includes(container) && statusOf(proc, pid, 'NSpid').endsWith('\t1'),
  );
}

/** A process of the namespace of `first` that came from outside of it, has become its program, and is not known. */
export function newcomerTo(proc: string, first: number, known: ReadonlySet<number>): number | undefined {
  const namespace = namespaceOf(proc, first);
  if (namespace === undefined) return undefined;
  return numbersIn(proc).find(
    (pid) =>
      !known.has(pid) &&
      namespaceOf(proc, pid) === namespace &&
      namespaceOf(proc, parentOf(proc, pid)) !== namespace &&
      !isStillRuntime(proc, pid),
  );
}

/** Who has started a process: of a container's first one, a program that sees the mounts that the engine makes. */
export function parentOf(proc: string, pid: number): number {
  return Number(statusOf(proc, pid, 'PPid'));
}

/** The control group that is named by the container's id, as a path from the root of its hierarchy. */
export function groupOf(proc: string, pid: number, container: string): string | undefined {
  const lines = read(proc, pid, 'cgroup').split('\n');
  return lines.find((line) => line.includes(container))?.replace(/^\d+:[^:]*:/, '');
}

/** The youngest first: it is a new one that is looked for. */
function numbersIn(proc: string): number[] {
  const numbers = readdirSync(proc).filter((name) => /^\d+$/.test(name));
  return numbers.map(Number).sort((one, other) => other - one);
}

/** runc(8) enters the container as `runc init`, and executes the program there. */
function isStillRuntime(proc: string, pid: number): boolean {
  return /^runc\0init\0|^$/.test(read(proc, pid, 'cmdline'));
}

/** namespaces(7): `pid:[4026531836]`; undefined when the process is gone. */
function namespaceOf(proc: string, pid: number): string | undefined {
  try {
    return readlinkSync(`${proc}/${pid}/ns/pid`);
  } catch {
    return undefined;
  }
}

function statusOf(proc: string, pid: number, field: string): string {
  return new RegExp(`^${field}:(.*)$`, 'm').exec(read(proc, pid, 'status'))?.[1] ?? '';
}

function read(proc: string, pid: number, file: string): string {
  try {
    return readFileSync(`${proc}/${pid}/${file}`, 'latin1');
  } catch {
    return ''; // it has ended
  }
}
