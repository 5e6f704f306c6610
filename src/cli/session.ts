import { release } from 'node:os';
import { resolve } from 'node:path';
import { readClaims } from '../catalogue/claims.js';
import { HOST } from '../hosts/host.js';
import { conclude } from '../judge/conclude.js';
import { applicable, type Deviation } from '../judge/deviations.js';
import { judge } from '../judge/judge.js';
import type { Header, Outcome, Result, Scenario } from '../outcome.js';
import { batchesOf, shuffled } from '../runner/batches.js';
import type { Timing } from '../runner/forked-worker.js';
import type { PlannedBackend } from '../runner/plan.js';
import type { Isolation } from '../runner/sandbox.js';
import { type RunOptions, workersOf } from './options.js';
import { reproduce } from './reproduce.js';
import type { Selection } from './selection.js';
import { suiteVersion } from './suite-version.js';

/** What is known while a run goes on: every outcome becomes a result as it comes. */
export class Session {
  readonly header: Header;
  readonly results: Result[] = [];
  onResult: (result: Result) => void = () => {};
  readonly #options: RunOptions;
  readonly #selection: Selection;
  readonly #backends: readonly PlannedBackend[];
  readonly #deviations: ReadonlyMap<string, readonly Deviation[]>;
  readonly #began = performance.now();
  readonly #today = new Date().toISOString().slice(0, 10);

  constructor(
    options: RunOptions,
    selection: Selection,
    backends: readonly PlannedBackend[],
    deviations: ReadonlyMap<string, readonly Deviation[]>,
    isolation: Isolation,
  ) {
    this.#options = options;
    this.#selection = selection;
    this.#backends = backends;
    this.#deviations = deviations;
    this.header = {
      type: 'header',
      format: 'union-conformance-results/1',
      suite: { version: suiteVersion() },
      started: new Date().toISOString(),
      host: {
        name: process.env[HOST] ?? 'local',
        kernel: release(),
        arch: process.arch,
        node: process.version,
        // Root without its capabilities gets a user namespace, in which it is like anybody else.
        user: process.geteuid?.() === 0 && isolation !== 'user-namespace' ? 'root' : 'ordinary',
      },
      seed: options.seed,
      everything: selection.everything,
      backends: backends.map(({ summary }) => summary),
      scenarios: selection.scenarios,
      claims: readClaims().entries.map(({ claim }) => claim),
    };
  }

  #backend(source: string): PlannedBackend {
    const found = this.#backends.find((each) => each.source === source);
    if (found === undefined) throw new Error(`${source} was not planned`);
    return found;
  }

  nameOf(source: string): string {
    return this.#backend(source).summary.name;
  }

  batches() {
    const { seed, keep, report } = this.#options;
    const workers = workersOf(this.#options);
    const all = this.#backends.flatMap(({ source, summary, run }) =>
      batchesOf(source, seed === undefined ? run : shuffled(run, seed), workers).map((batch) =>
        keep ? { ...batch, keep: resolve(report, 'kept', summary.name) } : batch,
      ),
    );
    return seed === undefined ? all : shuffled(all, seed);
  }

  /** The scenarios whose outcome was known before the run. */
  reportSettled(): void {
    for (const { source, settled } of this.#backends) {
      for (const { scenario, outcome } of settled) {
        this.#add(source, scenario, outcome, { duration: 0, inUnion: 0 });
      }
    }
  }

  finish(source: string, id: string, outcome: Outcome, timing: Timing): void {
    const scenario = this.#selection.scenarios.find((each) => each.id === id);
    if (scenario === undefined) throw new Error(`${id} was not planned`);
    this.#add(source, scenario, outcome, timing);
  }

  #add(source: string, scenario: Scenario, outcome: Outcome, timing: Timing): void {
    const { name, version } = this.#backend(source).summary;
    const { kernel, user } = this.header.host;
    const deviations = this.#deviations.get(source) ?? [];
    const deviation = applicable(deviations, scenario.id, { version, kernel, user });
    const result: Result = {
      type: 'result',
      backend: name,
      scenario: scenario.id,
      ...judge(outcome, deviation, this.#today),
      outcome,
      duration: timing.duration,
      inUnion: timing.inUnion,
      reproduce: reproduce(source, scenario),
    };
    this.results.push(result);
    this.onResult(result);
  }

  conclude(required: readonly string[]) {
    return conclude({
      header: this.header,
      results: this.results,
      deviations: new Map(
        this.#backends.map(({ source, summary }) => [summary.name, this.#deviations.get(source) ?? []]),
      ),
      ids: this.#selection.ids,
      required,
      today: this.#today,
      duration: performance.now() - this.#began,
    });
  }
}
