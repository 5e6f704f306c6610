/** Processes of containers by the numbers they have here: an engine counts those of its own PID namespace. */
import { readFileSync, readlinkSync } from 'node:fs';
import { listProcesses } from '../../system/processes.js';
import type { Engine } from './engine.js';

/** @param pid the first process of a container, as the engine numbers it. */
export function firstProcessOf(engine: Engine, pid: number): number | undefined {
  const namespace = namespaceOf(`${engine.view}/proc/${pid}`);
  if (namespace === undefined) return undefined;
  return listProcesses().find((each) => namespaceOf(`/proc/${each}`) === namespace && innermost(each) === 1);
}

/** A process of the namespace of `first` that came from outside of it, has become its program, and is not known. */
export function newcomerTo(first: number, known: ReadonlySet<number>): number | undefined {
  const namespace = namespaceOf(`/proc/${first}`);
  if (namespace === undefined) return undefined;
  return listProcesses().find(
    (pid) =>
      !known.has(pid) &&
      namespaceOf(`/proc/${pid}`) === namespace &&
      namespaceOf(`/proc/${statusOf(pid, 'PPid')}`) !== namespace &&
      !isStillRuntime(pid),
  );
}

/** runc(8) enters the container as `runc init`, and executes the program there. */
function isStillRuntime(pid: number): boolean {
  try {
    return /^runc\0init\0|^$/.test(readFileSync(`/proc/${pid}/cmdline`, 'latin1'));
  } catch {
    return true; // it has ended
  }
}

/** namespaces(7): `pid:[4026531836]`; undefined when the process is gone. */
function namespaceOf(directory: string): string | undefined {
  try {
    return readlinkSync(`${directory}/ns/pid`);
  } catch {
    return undefined;
  }
}

/** The number in its own namespace: the last of `NSpid` (proc_pid_status(5)). */
function innermost(pid: number): number {
  return Number(statusOf(pid, 'NSpid').split(/\s+/).at(-1));
}

function statusOf(pid: number, field: string): string {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    return (new RegExp(`^${field}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? '').trim();
  } catch {
    return ''; // it has ended
  }
}
