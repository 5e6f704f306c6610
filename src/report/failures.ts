/** What has to be looked at after a run, in the order of the header. */
import type { Report, Result } from '../outcome.js';
import { everyResult } from './every-result.js';
import { explain, isFailure } from './explain-result.js';
import { groupBy } from './group.js';

export interface Failure {
  readonly result: Result;
  /** Others with the same verdict and message: of a fault of the harness one is enough. */
  readonly alike: readonly Result[];
}

/** Everything that is red; what was not run is counted, and there is nothing to say about it. */
export function failuresOf(report: Report): readonly Result[] {
  return everyResult(report).filter((result) => isFailure(result) && result.verdict !== 'not-run');
}

export function groupFailures(results: readonly Result[]): readonly Failure[] {
  const groups = groupBy(results, (result) =>
    result.verdict === 'error' ? `${result.backend}\n${explain(result)}` : result,
  );
  return [...groups.values()].flatMap(([result, ...alike]) =>
    result === undefined ? [] : [{ result, alike }],
  );
}

/** `a, b, c and 5 more` */
export function listed(names: readonly string[], limit = 10): string {
  const more = names.length - limit;
  return names.slice(0, limit).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
