import { deviationsFileOf } from '../backends/load-backend.js';
import { showProblem } from '../catalogue/problem.js';
import { UsageError } from '../catalogue/usage-error.js';
import { type Deviation, widePatterns } from '../judge/deviations.js';
import { readDeviations } from '../judge/read-deviations.js';
import { readRequired } from '../judge/required.js';
import { checkBackends } from './check-backends.js';
import type { RunOptions } from './options.js';
import { type Selection, selectScenarios } from './selection.js';

/** What a run needs of this machine's files. */
export interface Prepared {
  readonly selection: Selection;
  /** Of the backends. */
  readonly names: readonly string[];
  readonly required: readonly string[];
  /** By the source of the backend. */
  readonly deviations: ReadonlyMap<string, readonly Deviation[]>;
}

/** Reads everything that the options name, so that what is wrong is said before anything is started. @throws UsageError */
export async function prepare(options: RunOptions): Promise<Prepared> {
  const selection = selectScenarios(options);
  const names = await checkBackends(options.backends);
  const required = options.require === undefined ? [] : readRequired(options.require, names);
  const deviations = new Map<string, readonly Deviation[]>();
  for (const source of options.backends) deviations.set(source, await deviationsOf(source, selection.ids));
  return { selection, names, required, deviations };
}

async function deviationsOf(source: string, ids: readonly string[]): Promise<readonly Deviation[]> {
  const { deviations, problems } = readDeviations(await deviationsFileOf(source));
  const [problem] = [...problems, ...widePatterns(deviations, ids)];
  if (problem !== undefined) throw new UsageError(showProblem(problem));
  return deviations;
}
