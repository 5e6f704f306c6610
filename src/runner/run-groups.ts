import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Backend } from '../backend.js';
import { makeRunGroups, type RunGroups } from '../control-groups/run-groups.js';
import { nameOfRun, thisProcess } from '../control-groups/run-name.js';
import { removeRunGroups, sweepRunGroups } from '../control-groups/sweep.js';
import type { Scenario } from '../outcome.js';
import { isControlGroup } from '../requirement.js';

const janitor = fileURLToPath(new URL('../control-groups/janitor.js', import.meta.url));

/** The control groups of a run, as long as it goes on. */
export interface OpenRunGroups {
  readonly groups: RunGroups;
  /** When no agent is left: removes them. */
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

/** Makes the run's groups, after removing those of runs that were killed. */
export function openRunGroups(): OpenRunGroups {
  sweepRunGroups();
  const name = nameOfRun(thisProcess());
  // First who removes them: this process may be killed at any moment.
  const watching = spawn(process.execPath, [janitor, name], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watching.stdin.on('error', () => {}); // it was killed; close() does its work then
  const exited = once(watching, 'exit').catch(() => {});
  return {
    groups: makeRunGroups(name),
    async close() {
      watching.stdin.end();
      await exited;
      removeRunGroups(name);
    },
  };
}
