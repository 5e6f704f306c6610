import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { showProblem } from '../catalogue/problem.js';
import { readCatalogue } from '../catalogue/scenarios.js';
import { UsageError } from '../catalogue/usage-error.js';
import type { Scenario } from '../outcome.js';
import { Pool } from '../runner/pool.js';
import { openRunGroups } from '../runner/run-groups.js';
import { IDLE_LIMIT, judgeSuite } from './judgement.js';
import { isRed, killMatrix } from './kill-matrix.js';
import type { SelfTestOptions } from './options.js';
import { ids, toJson, toMarkdown, toText } from './show-matrix.js';
import { checkTwins, isAbout, type Outcomes, type Trials, tryTwins } from './trials.js';
import { readTwins, type Twin } from './twins.js';

/** More than CPUs: most of the time is waiting, for the windows of a quota and for engines. */
const WORKERS = 3;

type Say = (line?: string) => void;

/** Tries all twins, says and writes what came of it; the exit code. @throws UsageError */
export async function selfTest(options: SelfTestOptions, say: Say): Promise<number> {
  const { scenarios, problems } = readCatalogue();
  if (problems[0] !== undefined) throw new Error(`the features are broken: ${showProblem(problems[0])}`);
  const all = await readTwins();
  checkTwins(all, scenarios);
  const twins = all.filter(({ name, family }) => `${family.folder}/${name}`.includes(options.twin));
  if (twins.length === 0)
    throw new UsageError(`--twin=${options.twin}: no twin has this in its folder or name`);

  const matrix = killMatrix(scenarios, twins, await trials(options, scenarios, twins, say));
  const isWhole = twins.length === all.length;
  const judgement = judgeSuite(matrix, isWhole ? IDLE_LIMIT : undefined);
  mkdirSync(options.report, { recursive: true });
  const page = join(options.report, 'self-test.md');
  writeFileSync(page, toMarkdown(matrix, judgement));
  writeFileSync(join(options.report, 'self-test.json'), toJson(matrix, judgement));

  say(`\nHow many scenarios catch each twin, and which:\n\n${toText(matrix)}\n`);
  say(`${matrix.healthy - matrix.idle.length} of ${matrix.healthy} scenarios turn red on a twin`);
  if (isWhole && matrix.idle.length > 0) say(`these turn red on none: ${ids(matrix.idle).join(', ')}`);
  if (matrix.excluded.length > 0) {
    say(`these are left out, for they are red on what is healthy: ${ids(matrix.excluded).join(', ')}`);
  }
  for (const hint of judgement.hints) say(`hint: ${hint}`);
  for (const problem of judgement.problems) say(`✗ ${problem}`);
  say(`see ${page}`);
  const { passed, failed, skipped } = judgement;
  say(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed === 0 ? 0 : 1;
}

/** A line for each twin as it is done. */
async function trials(
  { everything }: SelfTestOptions,
  scenarios: readonly Scenario[],
  twins: readonly Twin[],
  say: Say,
): Promise<Trials> {
  const files = twins.map(({ file }) => file);
  const own = await openRunGroups(files);
  const pool = new Pool(WORKERS, files, own.groups);
  const stop = () => void pool.stop().then(() => process.exit(130));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const red = (outcomes: Outcomes) =>
    `${[...outcomes.values()].filter(isRed).length} of ${outcomes.size} scenarios are red`;
  const isWanted = (scenario: Scenario, twin: Twin) => everything || isAbout(twin, scenario);
  let done = 0;
  try {
    return await tryTwins(pool, WORKERS, scenarios, twins, isWanted, {
      healthy: (backend, outcomes) => say(`${backend}: ${red(outcomes)}`),
      twin({ name }, outcomes) {
        done += 1;
        say(`${done}/${twins.length} ${name}: ${red(outcomes)}`);
      },
    });
  } finally {
    await pool.stop();
    await own.close();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}
