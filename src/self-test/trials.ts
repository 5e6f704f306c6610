import { UsageError } from '../catalogue/usage-error.js';
import { didYouMean } from '../description/did-you-mean.js';
import type { Outcome, Scenario } from '../outcome.js';
import { batchesOf } from '../runner/batches.js';
import { planBackends } from '../runner/plan.js';
import type { Pool } from '../runner/pool.js';
import type { Twin } from './twins.js';

/** By scenario. */
export type Outcomes = ReadonlyMap<string, Outcome>;

export interface Trials {
  /** Of what breaks no rule. */
  readonly healthy: Outcomes;
  /** By the name of the twin: what was run on it. */
  readonly twins: ReadonlyMap<string, Outcomes>;
  /** Scenarios that ask for something this host does not have. */
  readonly skipped: readonly Scenario[];
}

export interface Watcher {
  healthy(backend: string, outcomes: Outcomes): void;
  twin(twin: Twin, outcomes: Outcomes): void;
}

/** Every family on its own: all that can run on what is healthy, and then what holds there on each twin. */
export async function tryTwins(
  pool: Pool,
  workers: number,
  scenarios: readonly Scenario[],
  twins: readonly Twin[],
  isWanted: (scenario: Scenario, twin: Twin) => boolean,
  watcher: Watcher,
): Promise<Trials> {
  const all: Trials[] = [];
  for (const family of new Set(twins.map((twin) => twin.family))) {
    const own = scenarios.filter(family.answersFor);
    const its = twins.filter((twin) => twin.family === family);
    all.push(await tryFamily(pool, workers, own, family.healthy, its, isWanted, watcher));
  }
  return {
    healthy: new Map(all.flatMap(({ healthy }) => [...healthy])),
    twins: new Map(all.flatMap((trials) => [...trials.twins])),
    skipped: all.flatMap(({ skipped }) => skipped),
  };
}

async function tryFamily(
  pool: Pool,
  workers: number,
  scenarios: readonly Scenario[],
  healthy: string,
  twins: readonly Twin[],
  isWanted: (scenario: Scenario, twin: Twin) => boolean,
  watcher: Watcher,
): Promise<Trials> {
  const [planned] = await planBackends(pool, [healthy], scenarios);
  const right = new Map<string, Outcome>();
  await pool.run(batchesOf(healthy, planned?.run ?? [], workers), {
    started() {},
    finished: (_, id, outcome) => right.set(id, outcome),
  });
  watcher.healthy(healthy, right);

  const able = scenarios.filter(({ id }) => right.get(id)?.kind === 'passed');
  const work = twins.map((twin) => ({
    twin,
    backend: twin.file,
    scenarios: able.filter((scenario) => isWanted(scenario, twin)),
    outcomes: new Map<string, Outcome>(),
  }));
  const possible = work.filter((each) => each.scenarios.length > 0);
  await pool.run(possible, {
    started() {},
    finished(backend, id, outcome) {
      const done = work.find((each) => each.backend === backend);
      if (done === undefined) throw new Error(`${backend} was not planned`);
      done.outcomes.set(id, outcome);
      if (done.outcomes.size === done.scenarios.length) watcher.twin(done.twin, done.outcomes);
    },
  });
  return {
    healthy: right,
    twins: new Map(work.map(({ twin, outcomes }) => [twin.name, outcomes])),
    skipped: (planned?.settled ?? [])
      .filter(({ outcome }) => outcome.kind === 'skipped')
      .map(({ scenario }) => scenario),
  };
}

/** `copy-up` of `features/union/copy-up.feature`. */
export function featureOf({ uri }: Pick<Scenario, 'uri'>): string {
  return uri.slice(uri.lastIndexOf('/') + 1).replace(/\.feature$/, '');
}

/** Whether the twin breaks what the scenario states. */
export function isAbout({ statedBy }: Twin, scenario: Scenario): boolean {
  return statedBy.includes(featureOf(scenario)) || statedBy.includes(scenario.id);
}

/** @throws UsageError for a feature or a scenario that there is not. */
export function checkTwins(twins: readonly Twin[], scenarios: readonly Scenario[]): void {
  for (const { file, statedBy, family } of twins) {
    const own = scenarios.filter(family.answersFor);
    const known = [...new Set(own.map(featureOf)), ...own.map(({ id }) => id)];
    const wrong = statedBy.find((each) => !known.includes(each));
    if (wrong !== undefined) {
      throw new UsageError(`${file}: there is no feature or scenario ${wrong}: ${didYouMean(wrong, known)}`);
    }
  }
}
