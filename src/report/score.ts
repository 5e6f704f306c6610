/** Counting. A score never goes without its coverage. */
import { type Report, type Result, type Verdict, verdicts } from '../outcome.js';
import { everyResult } from './every-result.js';
import { groupBy } from './group.js';

export interface Score {
  /** Every scenario of the run: the sum of the six that follow. */
  readonly all: number;
  readonly holds: number;
  readonly knownDeviations: number;
  /** Every verdict that fails a run. */
  readonly red: number;
  readonly unsupported: number;
  readonly skipped: number;
  readonly notRun: number;
  /** Those that said something about the backend: it held, differed, hung or crashed. */
  readonly executed: number;
  /** `executed / all`, 0 to 1; 0 of nothing. */
  readonly coverage: number;
}

export interface FeatureScore {
  readonly feature: string;
  readonly uri: string;
  readonly score: Score;
}

export interface BackendScore {
  readonly backend: string;
  readonly score: Score;
  /** In the order of the scenarios. */
  readonly features: readonly FeatureScore[];
}

export function scoreOf(results: readonly Result[]): Score {
  const counts = countVerdicts(results);
  const counted = (...of: readonly Verdict[]) => of.reduce((sum, verdict) => sum + counts[verdict], 0);
  const [holds, knownDeviations] = [counted('pass'), counted('known-deviation')];
  const [unsupported, skipped, notRun] = [counted('unsupported'), counted('skipped'), counted('not-run')];
  const all = results.length;
  const executed = results.filter(wasExecuted).length;
  return {
    all,
    holds,
    knownDeviations,
    red: all - holds - knownDeviations - unsupported - skipped - notRun,
    unsupported,
    skipped,
    notRun,
    executed,
    coverage: all === 0 ? 0 : executed / all,
  };
}

export function scoreBackends(report: Report): readonly BackendScore[] {
  const featureOf = new Map(report.header.scenarios.map((scenario) => [scenario.id, scenario]));
  const byBackend = groupBy(everyResult(report), (result) => result.backend);
  return report.header.backends.map(({ name }) => {
    const results = byBackend.get(name) ?? [];
    const byFeature = groupBy(results, (result) => featureOf.get(result.scenario)?.uri ?? '');
    return {
      backend: name,
      score: scoreOf(results),
      features: [...byFeature].map(([uri, group]) => ({
        feature: featureOf.get(group[0]?.scenario ?? '')?.feature ?? '',
        uri,
        score: scoreOf(group),
      })),
    };
  });
}

export function countVerdicts(results: readonly Result[]): Readonly<Record<Verdict, number>> {
  const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  for (const { verdict } of results) counts[verdict] += 1;
  return counts;
}

/** Never 100 % by rounding: a gap must be seen. */
export function percent(share: number): string {
  if (share > 0 && share < 0.01) return '<1 %';
  return `${share === 1 ? 100 : Math.min(99, Math.round(share * 100))} %`;
}

function wasExecuted({ outcome }: Result): boolean {
  return ['passed', 'failed', 'hang', 'crash'].includes(outcome.kind);
}
