/** What runs leave outside of their sandboxes: control groups, and what backends have made elsewhere. */
import { loadBackend } from '../backends/load-backend.js';
import { isDead, ownerOf } from '../control-groups/run-name.js';
import { removeRunGroups, sweepRunGroups } from '../control-groups/sweep.js';

/** Removes those of one run. @param sources of its backends. */
export async function removeTraces(run: string, sources: readonly string[]): Promise<void> {
  await sweepBackends(sources, (name) => name === run);
  removeRunGroups(run);
}

/** Removes those of runs whose owner is dead, of this PID namespace; nothing else. */
export async function sweepTraces(sources: readonly string[]): Promise<void> {
  await sweepBackends(sources, (name) => {
    const owner = ownerOf(name);
    return owner !== undefined && isDead(owner);
  });
  sweepRunGroups();
}

async function sweepBackends(sources: readonly string[], isOver: (run: string) => boolean): Promise<void> {
  const backends = await Promise.all(sources.map(loadBackend));
  for (const sweep of new Set(backends.map((backend) => backend.sweep))) sweep?.(isOver);
}
