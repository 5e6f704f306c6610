import { loadBackend } from '../backends/load-backend.js';
import { UsageError } from '../catalogue/usage-error.js';

/**
 * Reads backends once, so that what is wrong with one is said before anything is started.
 * @returns their names.
 * @throws UsageError also for two of one name: nobody could tell their results apart.
 */
export async function checkBackends(sources: readonly string[]): Promise<readonly string[]> {
  const known = new Map<string, string>();
  for (const source of sources) {
    const { name } = await loadBackend(source);
    const other = known.get(name);
    if (other !== undefined) {
      throw new UsageError(`${other} and ${source} are both called ${name}: give one another name`);
    }
    known.set(name, source);
  }
  return [...known.keys()];
}
