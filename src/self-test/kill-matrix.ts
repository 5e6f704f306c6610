/** What the outcomes on faulty twins say about the suite. Pure. */
import type { Outcome, Scenario } from '../outcome.js';
import { isAbout, type Outcomes, type Trials } from './trials.js';
import type { Twin } from './twins.js';

export interface Kill {
  readonly twin: Twin;
  /** In the order of the catalogue. */
  readonly caughtBy: readonly Scenario[];
  /** Scenarios in which the harness failed, not the twin. */
  readonly errors: readonly Scenario[];
  /** How many scenarios were run on it. */
  readonly tried: number;
  /** How many more of its features there are that cannot run on this host. */
  readonly skipped: number;
}

export interface KillMatrix {
  /** The twin that fewest scenarios catch comes first. */
  readonly kills: readonly Kill[];
  /** How many scenarios hold where no rule is broken, and so can catch something. */
  readonly healthy: number;
  /** Scenarios that no twin turned red. */
  readonly idle: readonly Scenario[];
  /** Scenarios that are red where no rule is broken: they say nothing about a twin. */
  readonly excluded: readonly Scenario[];
}

/** The harness' own failures (`error`) are no finding. */
export function isRed(outcome: Outcome | undefined): boolean {
  return outcome !== undefined && ['failed', 'crash', 'hang'].includes(outcome.kind);
}

export function killMatrix(
  scenarios: readonly Scenario[],
  twins: readonly Twin[],
  trials: Trials,
): KillMatrix {
  const kindOn = ({ id }: Scenario) => trials.healthy.get(id)?.kind;
  const able = scenarios.filter((scenario) => kindOn(scenario) === 'passed');
  const kills = twins
    .map((twin) => ({
      ...killOf(twin, trials.twins.get(twin.name) ?? new Map(), able),
      skipped: trials.skipped.filter((scenario) => isAbout(twin, scenario)).length,
    }))
    .sort((a, b) => a.caughtBy.length - b.caughtBy.length || (a.twin.name < b.twin.name ? -1 : 1));
  const busy = new Set(kills.flatMap(({ caughtBy }) => caughtBy.map(({ id }) => id)));
  return {
    kills,
    healthy: able.length,
    idle: able.filter(({ id }) => !busy.has(id)),
    excluded: scenarios.filter((scenario) => !['passed', undefined].includes(kindOn(scenario))),
  };
}

function killOf(twin: Twin, outcomes: Outcomes, able: readonly Scenario[]): Omit<Kill, 'skipped'> {
  return {
    twin,
    caughtBy: able.filter(({ id }) => isRed(outcomes.get(id))),
    errors: able.filter(({ id }) => outcomes.get(id)?.kind === 'error'),
    tried: outcomes.size,
  };
}
