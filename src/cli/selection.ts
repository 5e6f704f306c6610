import { showProblem } from '../catalogue/problem.js';
import { readCatalogue } from '../catalogue/scenarios.js';
import { type Selected, select } from '../catalogue/select.js';
import type { RunOptions } from './options.js';

export interface Selection extends Selected {
  /** The ids of the whole catalogue. */
  readonly ids: readonly string[];
}

/** The scenarios that the options ask for. @throws UsageError */
export function selectScenarios({ features, tags, name }: RunOptions): Selection {
  const catalogue = readCatalogue();
  const [problem] = catalogue.problems;
  if (problem !== undefined) throw new Error(`the features are broken: ${showProblem(problem)}`);
  const filter = {
    ...(tags === undefined ? {} : { tags }),
    ...(name === undefined ? {} : { name }),
    ...(features.length === 0 ? {} : { paths: features }),
  };
  return { ...select(catalogue, filter), ids: catalogue.scenarios.map(({ id }) => id) };
}
