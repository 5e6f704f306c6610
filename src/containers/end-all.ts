import { readlinkSync } from 'node:fs';
import { isAlive, listProcesses } from '../system/processes.js';
import { waitFor } from '../system/wait.js';

/** How long the kernel may take to end what was killed; milliseconds. */
const patience = 5000;

/** What a mount namespace is known by as long as anything is in it; undefined when the process has ended. */
export function mountNamespaceOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/mnt`);
  } catch {
    return undefined;
  }
}

/**
 * Kills every process of a mount namespace, whoever its parent is. In a PID namespace the
 * death of the first does as much; not every container has one.
 */
export function endAll(namespace: string): void {
  const ended = waitFor(() => {
    const left = listProcesses().filter((pid) => isAlive(pid) && mountNamespaceOf(pid) === namespace);
    for (const pid of left) kill(pid);
    return left.length === 0 ? true : undefined;
  }, patience);
  if (ended === undefined) throw new Error(`a container is still there ${patience / 1000} s after SIGKILL`);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it ended between the look and the signal
  }
}
