import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Backend } from '../backend.js';
import { makeRunGroups, type RunGroups } from '../control-groups/run-groups.js';
import { nameOfRun, thisProcess } from '../control-groups/run-name.js';
import type { Scenario } from '../outcome.js';
import { isControlGroup } from '../requirement.js';
import { removeTraces, sweepTraces } from './run-traces.js';

const janitor = fileURLToPath(new URL('./janitor.js', import.meta.url));

/** The control groups of a run, as long as it goes on. */
export interface OpenRunGroups {
  readonly groups: RunGroups;
  /** When no agent is left: removes them, and all else that is not in a sandbox. */
  close(): Promise<void>;
}

/** Whether a scenario that a backend can run asks for control groups, or one starts what makes its own. */
export function wantsRunGroups(
  scenarios: readonly Pick<Scenario, 'needs' | 'requires'>[],
  backends: readonly Pick<Backend, 'start' | 'capabilities'>[],
): boolean {
  const grouped = scenarios.filter(({ requires }) => requires.some(isControlGroup));
  return backends.some(
    ({ start, capabilities }) =>
      start !== undefined || grouped.some(({ needs }) => needs.every((need) => capabilities.includes(need))),
  );
}

/**
 * Makes the run's groups, after removing what runs that were killed have left.
 * @param sources of the backends that the run works with.
 */
export async function openRunGroups(sources: readonly string[]): Promise<OpenRunGroups> {
  await sweepTraces(sources);
  const name = nameOfRun(thisProcess());
  // First who removes them: this process may be killed at any moment.
  const watching = spawn(process.execPath, [janitor, name, ...sources], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watching.stdin.on('error', () => {}); // it was killed; close() does its work then
  const exited = once(watching, 'exit').catch(() => [null]);
  return {
    groups: makeRunGroups(name),
    async close() {
      watching.stdin.end('over');
      const [status] = await exited;
      if (status !== 0) await removeTraces(name, sources);
    },
  };
}
