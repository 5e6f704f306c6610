import { readFileSync } from 'node:fs';
import { type Bytes, display } from '../bytes.js';
import { libc } from './libc.js';
import { listMounts } from './mount.js';
import { isAlive, listProcesses } from './processes.js';

/** What is mounted at or below a path, as `TYPE on PATH`. */
export function mountsBelow(path: Bytes): string[] {
  return listMounts()
    .filter(({ mountPoint }) => mountPoint === path || mountPoint.startsWith(`${path}/`))
    .map(({ type, mountPoint }) => `${type} on ${display(mountPoint)}`);
}

const WNOHANG = 1;

/** Collects the dead children of this process, and names the processes that are alive beside it and the standing ones. */
export function reapOrphans(standing: ReadonlySet<number>): string[] {
  while (libc.waitpid(-1, null, WNOHANG) > 0);
  return listProcesses()
    .filter((pid) => !standing.has(pid) && isAlive(pid))
    .map(describe);
}

function describe(pid: number): string {
  try {
    return `process ${readFileSync(`/proc/${pid}/comm`, 'latin1').trim()}`;
  } catch {
    return `process ${pid}`; // it ended between the two looks
  }
}
