import { loadBackend } from '../backends/load-backend.js';

/** Reads backends that are files once, so that what is wrong with one is said before anything is started. */
export async function checkFiles(sources: readonly string[]): Promise<void> {
  for (const source of sources.filter((each) => each.includes('/'))) await loadBackend(source);
}
