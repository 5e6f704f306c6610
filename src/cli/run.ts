import { resolve } from 'node:path';
import { loadBackend } from '../backends/load-backend.js';
import { withContainers } from '../containers/with-containers.js';
import { gates } from '../outcome.js';
import { createTerminalReporter } from '../report/terminal.js';
import { planBackends } from '../runner/plan.js';
import { Pool } from '../runner/pool.js';
import { openRunGroups, wantsRunGroups } from '../runner/run-groups.js';
import { openReport } from './open-report.js';
import { type RunOptions, workersOf } from './options.js';
import { prepare } from './prepare.js';
import { Session } from './session.js';
import { settleBackends } from './settle-backends.js';

/** The exit code of a run that was stopped before it began. */
const INCOMPLETE = 2;

/** Runs the selected scenarios on the chosen backends; the exit code. @throws UsageError */
export async function run(options: RunOptions): Promise<number> {
  const { selection, required, deviations } = await prepare(options);
  const loaded = (await Promise.all(options.backends.map(loadBackend))).map(withContainers);
  settleBackends(loaded);
  const report = openReport(options.report);
  const own = wantsRunGroups(selection.scenarios, loaded) ? await openRunGroups(options.backends) : undefined;
  const pool = new Pool(workersOf(options), [resolve(options.report), ...options.backends], own?.groups);
  let isStopped = false;
  const stop = () => {
    isStopped = true;
    void pool.stop();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const backends = await planBackends(pool, options.backends, selection.scenarios);
    const { isolation } = await pool.isolation();
    const session = new Session(options, selection, backends, deviations, isolation);
    report.open(session.header);
    const terminal = createTerminalReporter(process.stdout, options);
    terminal.begin(session.header, backends.length * selection.scenarios.length);
    session.onResult = (result) => {
      report.add(result);
      terminal.result(result);
      if (options.failFast && gates[result.verdict] === 'red') void pool.stop();
    };
    session.reportSettled();
    await pool.run(session.batches(), {
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
    await own?.close();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}
