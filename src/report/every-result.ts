/** One result for each backend and scenario of a run, also for those that never ran. */
import type { BackendSummary, Report, Result, Scenario } from '../outcome.js';

export type ResultKey = `${string}\n${string}`;

export function keyOf(backend: string, scenario: string): ResultKey {
  return `${backend}\n${scenario}`;
}

/** In the order of the header, backend by backend, whatever order the workers came in. */
export function everyResult(report: Report): readonly Result[] {
  const found = new Map(report.results.map((result) => [keyOf(result.backend, result.scenario), result]));
  return report.header.backends.flatMap((backend) =>
    report.header.scenarios.map(
      (scenario) => found.get(keyOf(backend.name, scenario.id)) ?? missing(backend, scenario),
    ),
  );
}

function missing(backend: BackendSummary, scenario: Scenario): Result {
  const common = {
    type: 'result',
    backend: backend.name,
    scenario: scenario.id,
    duration: 0,
    inUnion: 0,
    reproduce: '',
  } as const;
  return backend.unavailable === undefined
    ? { ...common, verdict: 'not-run', outcome: { kind: 'not-run', message: 'there is no result of it' } }
    : {
        ...common,
        verdict: 'skipped',
        outcome: { kind: 'skipped', missing: 'backend', ...backend.unavailable },
      };
}
