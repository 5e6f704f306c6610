/** The name of the group in which all groups of a run are: it tells whose they are, so that a dead owner's are known. */
import { readFileSync, readlinkSync } from 'node:fs';

/** A process, so that no other one is taken for it: process ids are used again, and each PID namespace has its own. */
export interface Owner {
  /** Inode number of the PID namespace (namespaces(7)). */
  readonly namespace: string;
  readonly pid: number;
  /** Clock ticks between boot and start of the process (proc_pid_stat(5), field 22). */
  readonly start: string;
}

const prefix = 'union-conformance';
const pattern = new RegExp(`^${prefix}-(\\d+)-(\\d+)-(\\d+)$`);

export function nameOfRun({ namespace, pid, start }: Owner): string {
  return `${prefix}-${namespace}-${pid}-${start}`;
}

/** @returns undefined for a group that is none of ours. */
export function ownerOf(name: string): Owner | undefined {
  const [, namespace, pid, start] = pattern.exec(name) ?? [];
  if (namespace === undefined || pid === undefined || start === undefined) return undefined;
  return { namespace, pid: Number(pid), start };
}

export function thisProcess(): Owner {
  return { namespace: ownNamespace(), pid: process.pid, start: startOf(process.pid) ?? '0' };
}

/** False also for a process of another PID namespace, of which nothing is known. */
export function isDead({ namespace, pid, start }: Owner): boolean {
  return namespace === ownNamespace() && startOf(pid) !== start;
}

function ownNamespace(): string {
  return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '';
}

function startOf(pid: number): string | undefined {
  try {
    return startIn(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return undefined;
  }
}

/** The start time in a line of `/proc/PID/stat`; a zombie has ended. The second field may hold anything. */
export function startIn(stat: string): string | undefined {
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' || state === 'X' ? undefined : rest[18];
}
