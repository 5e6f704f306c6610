/** What a run of the suite on faulty twins says about the suite. Pure. */
import type { BackendSummary, Outcome, Report, Result, Scenario } from '../outcome.js';

/** What a twin does wrong was seen by these scenarios. */
export interface Twin {
  readonly name: string;
  readonly title: string;
  /** In the order of the catalogue. */
  readonly caughtBy: readonly Scenario[];
  /** Scenarios in which the harness failed, not the twin. */
  readonly errors: readonly Result[];
}

export interface KillMatrix {
  /** The twin that fewest scenarios catch comes first. */
  readonly twins: readonly Twin[];
  /** How many scenarios hold on the healthy union, and so can catch something. */
  readonly healthy: number;
  /** Scenarios that no twin turns red. */
  readonly idle: readonly Scenario[];
  /** Scenarios that are red on the healthy union already: they say nothing about a twin. */
  readonly excluded: readonly Scenario[];
}

/** The harness' own failures (`error`) are no finding, and neither is what was not executed. */
const caught: ReadonlySet<Outcome['kind']> = new Set(['failed', 'crash', 'hang']);
const executed: ReadonlySet<Outcome['kind']> = new Set(['passed', 'failed', 'crash', 'hang', 'error']);

/** @param healthy the name of the backend that breaks no rule; all others of the report are twins. */
export function killMatrix({ header, results }: Report, healthy: string): KillMatrix {
  const of = (backend: string) =>
    new Map(results.filter((result) => result.backend === backend).map((each) => [each.scenario, each]));
  const right = of(healthy);
  const kindOn = (scenario: Scenario) => right.get(scenario.id)?.outcome.kind ?? 'not-run';
  const able = header.scenarios.filter((scenario) => kindOn(scenario) === 'passed');

  const twins = header.backends
    .filter(({ name }) => name !== healthy)
    .map((backend) => twinOf(backend, of(backend.name), able))
    .sort((a, b) => a.caughtBy.length - b.caughtBy.length || (a.name < b.name ? -1 : 1));
  const busy = new Set(twins.flatMap(({ caughtBy }) => caughtBy.map(({ id }) => id)));
  return {
    twins,
    healthy: able.length,
    idle: able.filter(({ id }) => !busy.has(id)),
    excluded: header.scenarios.filter((scenario) => {
      const kind = kindOn(scenario);
      return executed.has(kind) && kind !== 'passed';
    }),
  };
}

function twinOf(
  { name, title }: BackendSummary,
  results: ReadonlyMap<string, Result>,
  able: readonly Scenario[],
): Twin {
  const kindOf = ({ id }: Scenario) => results.get(id)?.outcome.kind ?? 'not-run';
  return {
    name,
    title,
    caughtBy: able.filter((scenario) => caught.has(kindOf(scenario))),
    errors: [...results.values()].filter(({ outcome }) => outcome.kind === 'error'),
  };
}
