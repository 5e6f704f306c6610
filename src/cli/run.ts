import { release } from 'node:os';
import { join, resolve } from 'node:path';
import { deviationsFileOf } from '../backends/load-backend.js';
import { readClaims } from '../catalogue/claims.js';
import { showProblem } from '../catalogue/problem.js';
import { UsageError } from '../catalogue/usage-error.js';
import { conclude } from '../judge/conclude.js';
import { applicable, type Deviation, readDeviations, widePatterns } from '../judge/deviations.js';
import { judge } from '../judge/judge.js';
import { readRequired } from '../judge/required.js';
import { gates, type Header, type Outcome, type Result, type Scenario } from '../outcome.js';
import { createTerminalReporter } from '../report/terminal.js';
import { batchesOf, shuffled } from '../runner/batches.js';
import { type PlannedBackend, planBackends } from '../runner/plan.js';
import { Pool, type Timing } from '../runner/pool.js';
import { checkBackends } from './check-backends.js';
import { openReport } from './open-report.js';
import type { RunOptions } from './options.js';
import { reproduce } from './reproduce.js';
import { type Selection, selectScenarios } from './selection.js';
import { suiteVersion } from './suite-version.js';

/** The exit code of a run that was stopped before it began. */
const INCOMPLETE = 2;

/** Runs the selected scenarios on the chosen backends; the exit code. @throws UsageError */
export async function run(options: RunOptions): Promise<number> {
  const selection = selectScenarios(options);
  const names = await checkBackends(options.backends);
  const required = options.require === undefined ? [] : readRequired(options.require, names);
  const deviations = new Map<string, readonly Deviation[]>();
  for (const source of options.backends) deviations.set(source, await deviationsOf(source, selection.ids));
  const report = openReport(options.report);
  const pool = new Pool(options.workers, [resolve(options.report), ...options.backends]);
  let isStopped = false;
  const stop = () => {
    isStopped = true;
    void pool.stop();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const backends = await planBackends(pool, options.backends, selection.scenarios);
    const session = new Session(options, selection, backends, deviations);
    report.open(session.header);
    const terminal = createTerminalReporter(process.stdout, options);
    terminal.begin(session.header, backends.length * selection.scenarios.length);
    session.onResult = (result) => {
      report.add(result);
      terminal.result(result);
      if (options.failFast && gates[result.verdict] === 'red') void pool.stop();
    };
    session.reportSettled();
    await pool.run(session.batches(), keepDirectory(options), {
      started: (source, id) => terminal.started(session.nameOf(source), id),
      finished: (source, id, outcome, timing) => session.finish(source, id, outcome, timing),
    });
    const finished = { header: session.header, results: session.results, footer: session.conclude(required) };
    report.close(finished);
    terminal.end(finished);
    return finished.footer.exitCode;
  } catch (failure) {
    if (!isStopped) throw failure;
    process.stderr.write('union-conformance: stopped before a scenario was run\n');
    return INCOMPLETE;
  } finally {
    await pool.stop();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

function keepDirectory({ keep, report }: RunOptions): string | undefined {
  return keep ? join(resolve(report), 'kept') : undefined;
}

async function deviationsOf(source: string, ids: readonly string[]): Promise<readonly Deviation[]> {
  const { deviations, problems } = readDeviations(await deviationsFileOf(source));
  const [problem] = [...problems, ...widePatterns(deviations, ids)];
  if (problem !== undefined) throw new UsageError(showProblem(problem));
  return deviations;
}

/** What is known while a run goes on: every outcome becomes a result as it comes. */
class Session {
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
        kernel: release(),
        arch: process.arch,
        node: process.version,
        user: process.geteuid?.() === 0 ? 'root' : 'ordinary',
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
    const { seed, workers } = this.#options;
    const all = this.#backends.flatMap(({ source, run }) =>
      batchesOf(source, seed === undefined ? run : shuffled(run, seed), workers),
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
