/** What a whole run says: counts, problems, exit code. Pure. */
import { showProblem } from '../catalogue/problem.js';
import { type Footer, gates, type Header, type Result, type Verdict, verdicts } from '../outcome.js';
import type { Circumstances, Deviation } from './deviations.js';
import { missingOf } from './required.js';
import { neverExecuted, quietlyExpired, unknownScenarios } from './stale.js';

export interface Run {
  readonly header: Header;
  readonly results: readonly Result[];
  /** All entries of each backend, by its name. */
  readonly deviations: ReadonlyMap<string, readonly Deviation[]>;
  /** The ids of the whole catalogue, also of scenarios that a filter left out. */
  readonly ids: readonly string[];
  /** Of `readRequired`. */
  readonly required: readonly string[];
  /** `2027-06-30`. */
  readonly today: string;
  /** Milliseconds. */
  readonly duration: number;
  /** What else is wrong with the run; any makes it red. */
  readonly problems?: readonly string[];
}

const executed = new Set<string>(['passed', 'failed', 'hang', 'crash', 'error']);

function staleEntries({ header, results, deviations, ids, today }: Run): readonly string[] {
  return header.backends.flatMap(({ name, version }) => {
    const entries = deviations.get(name) ?? [];
    const own = results.filter(({ backend }) => backend === name);
    const here: Circumstances = { version, kernel: header.host.kernel, user: header.host.user };
    return [
      ...unknownScenarios(entries, ids),
      ...(header.everything
        ? [...neverExecuted(entries, own, here), ...quietlyExpired(entries, own, today)]
        : []),
    ].map(showProblem);
  });
}

/** How many planned scenarios of each backend have no result at all. */
function withoutResult({ header, results }: Run): ReadonlyMap<string, number> {
  const seen = new Set(results.map(({ backend, scenario }) => `${backend} ${scenario}`));
  return new Map(
    header.backends.map(({ name }) => [
      name,
      header.scenarios.filter(({ id }) => !seen.has(`${name} ${id}`)).length,
    ]),
  );
}

function countsOf(results: readonly Result[], lost: number): Readonly<Record<Verdict, number>> {
  const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  for (const { verdict } of results) counts[verdict] += 1;
  counts['not-run'] += lost;
  return counts;
}

export function conclude(run: Run): Footer {
  const { header, results, required, duration } = run;
  const lost = [...withoutResult(run)].filter(([, count]) => count > 0);
  const counts = countsOf(
    results,
    lost.reduce((sum, [, count]) => sum + count, 0),
  );
  const missing = missingOf(required, results);
  const wrong = [...staleEntries(run), ...(run.problems ?? [])];
  const undecided = [
    ...lost.map(
      ([name, count]) =>
        `${count} of ${header.scenarios.length} scenarios have no result on ${name}: the run was not completed`,
    ),
    ...(results.some(({ outcome }) => executed.has(outcome.kind))
      ? []
      : ['nothing was executed, so nothing is known: see why scenarios were skipped']),
  ];
  const has = (gate: 'red' | 'incomplete') =>
    verdicts.some((verdict) => counts[verdict] > 0 && gates[verdict] === gate);
  const isRed = wrong.length > 0 || has('red');
  const isIncomplete = missing.length > 0 || undecided.length > 0 || has('incomplete');
  return {
    type: 'footer',
    counts,
    problems: [...wrong, ...undecided],
    missing,
    exitCode: isRed ? 1 : isIncomplete ? 2 : 0,
    duration,
  };
}
