import { rmSync } from 'node:fs';
import { type Bytes, toBuffer } from '../../bytes.js';
import { tailOf } from '../../system/log-tail.js';
import { mountOf } from '../../system/mount.js';
import { setPropagation } from '../../system/mount-tree.js';
import { childrenOf, endProcess, isAlive, startProgram } from '../../system/processes.js';
import { waitFor } from '../../system/wait.js';
import { removeGroups } from './engine-groups.js';

/** How long the kernel may take to end all that ran in it; milliseconds. */
const END_LIMIT_MS = 5_000;

/**
 * The first process is a shell that stays: it collects what containers leave, and with it all of
 * them end. What the agent mounts in its work area is seen by the engine too, for it may be asked
 * to share it with a container; what the engine mounts is not seen by the agent.
 */
const ownWorld = [
  ...['unshare', '--net', '--mount', '--propagation', 'slave'],
  ...['--pid', '--fork', '--kill-child', '--mount-proc'],
];

/** An engine's network, mount and PID namespaces, within those of the sandbox. */
export interface OwnWorld {
  /** Of its first process, as the sandbox numbers it. */
  first(): number | undefined;
  /** Its network namespace: a file of namespaces(7). */
  readonly network: string;
  state(): 'alive' | 'dead';
  /** The end of what was printed in it. */
  log(): string;
  /** Ends all that runs in it, and removes a control group and its directory. */
  end(group: string): void;
}

/** @param directory its own. @param command what its first process runs. */
export function startOwnWorld(directory: Bytes, command: readonly string[]): OwnWorld | undefined {
  setPropagation(mountOf(directory), 'shared');
  const log = toBuffer(`${directory}/log` as Bytes);
  const pid = startProgram([...ownWorld, ...command], { directory: toBuffer(directory), log });
  if (pid === undefined) return undefined;
  return {
    first: () => childrenOf(pid)[0],
    network: `/proc/${pid}/ns/net`,
    state: () => (isAlive(pid) ? 'alive' : 'dead'),
    log: () => tailOf(log) ?? '',
    end(group) {
      for (const first of childrenOf(pid)) {
        endProcess(first, 0);
        waitFor(() => !isAlive(first) || undefined, END_LIMIT_MS);
      }
      endProcess(pid, END_LIMIT_MS);
      waitFor(() => (removeGroups(group) ? true : undefined), END_LIMIT_MS);
      rmSync(toBuffer(directory), { recursive: true, force: true });
    },
  };
}
