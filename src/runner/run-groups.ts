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

/**
 * Makes the run's groups where a scenario asks for some, or a backend starts what makes its own,
 * after removing those of runs that were killed.
 */
export function openRunGroups(
  scenarios: readonly Pick<Scenario, 'requires'>[],
  backends: readonly Pick<Backend, 'start'>[],
): OpenRunGroups | undefined {
  const isWanted = scenarios.some(({ requires }) => requires.some(isControlGroup));
  if (!isWanted && backends.every(({ start }) => start === undefined)) return undefined;
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
