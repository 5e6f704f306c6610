/** Ends what is in a control group and removes it, with every group below. */
import { SystemError } from '../system/errno.js';
import {
  kernelDirectories,
  readKernelFile,
  removeKernelDirectory,
  writeKernelFile,
} from '../system/kernel-files.js';
import { waitFor } from '../system/wait.js';

/** How long the kernel may take to end what was killed, on a busy machine; milliseconds. */
const ENDED_MS = 3_000;

/** The groups below a directory and itself, the innermost first; none when it is gone. */
export function groupsIn(directory: string): string[] {
  const inner = quietly(() => kernelDirectories(directory)) ?? [];
  return [...inner.flatMap((name) => groupsIn(`${directory}/${name}`)), directory];
}

/** Process ids in a group and in those below; of processes that this one cannot see there are none. */
export function processesIn(directory: string): number[] {
  return groupsIn(directory).flatMap((group) =>
    (quietly(() => readKernelFile(`${group}/cgroup.procs`)) ?? '')
      .split('\n')
      .map(Number)
      .filter((pid) => pid > 0),
  );
}

/**
 * Ends every process in the directories of one group. A process that version 1 has frozen is
 * thawed first, for it would die only then; version 2 kills frozen ones, from kernel 5.14 on at once.
 * @throws SystemError EBUSY when processes are left after three seconds.
 */
export function killIn(directories: readonly string[]): void {
  const left = waitFor(() => {
    for (const group of directories.flatMap(groupsIn)) {
      quietly(() => writeKernelFile(`${group}/freezer.state`, 'THAWED'));
      quietly(() => writeKernelFile(`${group}/cgroup.kill`, '1'));
    }
    const pids = directories.flatMap(processesIn);
    for (const pid of pids) kill(pid);
    return pids.length === 0 ? 0 : undefined;
  }, ENDED_MS);
  if (left === undefined) throw new SystemError('EBUSY', 'kill', directories[0]);
}

/**
 * Removes groups with all below them; what is removed already is as good.
 * @throws SystemError EBUSY when something has gone on living in one for three seconds.
 */
export function removeGroups(directories: readonly string[]): void {
  killIn(directories);
  for (const group of directories.flatMap(groupsIn)) {
    const failure = waitFor(() => failureOf(() => removeKernelDirectory(group)), ENDED_MS);
    if (failure !== 'gone') throw new SystemError('EBUSY', 'rmdir', group);
  }
}

/** The kernel lets go of a group a moment after its last process has ended: EBUSY is worth another try. */
function failureOf(remove: () => void): 'gone' | undefined {
  try {
    remove();
    return 'gone';
  } catch (failure) {
    if (!(failure instanceof SystemError)) throw failure;
    if (failure.errno === 'ENOENT') return 'gone';
    if (failure.errno === 'EBUSY') return undefined;
    throw failure;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it ended between the look and the signal
  }
}

/** What a file of the kernel's gives; undefined when there is no such file, or no such group any more. */
function quietly<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (failure) {
    if (failure instanceof SystemError) return undefined;
    throw failure;
  }
}
