import { readdirSync, readFileSync } from 'node:fs';
import { type Bytes, display } from '../bytes.js';
import { attempt } from './libc.js';

/** What is mounted at or below a path (proc_pid_mountinfo(5)), as `TYPE on PATH`. */
export function mountsBelow(path: Bytes): string[] {
  return readFileSync('/proc/self/mountinfo', 'latin1')
    .split('\n')
    .filter((line) => line.includes(` ${path}`))
    .map((line) => {
      const [before = '', after = ''] = line.split(' - ');
      return `${after.split(' ')[0]} on ${display((before.split(' ')[4] ?? '') as Bytes)}`;
    });
}

const WNOHANG = 1;

/**
 * Collects the dead children of this process, which is the first of its PID namespace, and
 * names the processes that are still alive in it.
 */
export function reapOrphans(): string[] {
  while (attempt('waitpid', -1, null, WNOHANG) > 0);
  return readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
        const end = stat.lastIndexOf(')');
        return stat[end + 2] === 'Z' ? [] : [`process ${stat.slice(stat.indexOf('(') + 1, end)}`];
      } catch {
        return []; // it ended between the listing and the look
      }
    });
}
