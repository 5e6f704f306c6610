/**
 * Does the suite look? Runs it on unions that break one rule each (`fixtures/faulty-unions/`),
 * and ends with 1 when one of them gets through, or when too many scenarios never say no.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { showProblem } from '../catalogue/problem.js';
import { readCatalogue } from '../catalogue/scenarios.js';
import { Pool } from '../runner/pool.js';
import { IDLE_LIMIT, judgeSuite } from './judgement.js';
import { isRed, killMatrix } from './kill-matrix.js';
import { readSelfTestOptions } from './options.js';
import { ids, toJson, toMarkdown, toText } from './show-matrix.js';
import { checkFeatures, featureOf, type Outcomes, tryTwins } from './trials.js';
import { readTwins } from './twins.js';

const WORKERS = 2;
const HEALTHY = 'userland';

const options = readSelfTestOptions(process.argv.slice(2));
const say = (line = '') => void process.stdout.write(`${line}\n`);
const redIn = (outcomes: Outcomes) => [...outcomes.values()].filter(isRed).length;

const { scenarios, problems } = readCatalogue();
if (problems[0] !== undefined) throw new Error(`the features are broken: ${showProblem(problems[0])}`);
const twins = (await readTwins()).filter(({ name }) => name.includes(options.twin));
checkFeatures(twins, scenarios);

const pool = new Pool(
  WORKERS,
  twins.map(({ file }) => file),
);
const stop = () => void pool.stop().then(() => process.exit(130));
process.once('SIGINT', stop).once('SIGTERM', stop);
let done = 0;
const trials = await tryTwins(
  pool,
  WORKERS,
  scenarios,
  HEALTHY,
  twins,
  (scenario, { features }) => options.everything || features.includes(featureOf(scenario)),
  {
    healthy: (outcomes) => say(`${HEALTHY}: ${redIn(outcomes)} of ${outcomes.size} scenarios are red`),
    twin({ name }, outcomes) {
      done += 1;
      say(`${done}/${twins.length} ${name}: ${redIn(outcomes)} of ${outcomes.size} scenarios are red`);
    },
  },
);
await pool.stop();

const matrix = killMatrix(scenarios, twins, trials);
const judgement = judgeSuite(matrix, options.twin === '' ? IDLE_LIMIT : undefined);
mkdirSync(options.report, { recursive: true });
const page = join(options.report, 'self-test.md');
writeFileSync(page, toMarkdown(matrix, judgement));
writeFileSync(join(options.report, 'self-test.json'), toJson(matrix, judgement));

say(`\nHow many scenarios catch each twin, and which:\n\n${toText(matrix)}\n`);
say(`${matrix.healthy - matrix.idle.length} of ${matrix.healthy} scenarios turn red on a twin`);
if (matrix.idle.length > 0 && options.twin === '') {
  say(`these turn red on none: ${ids(matrix.idle).join(', ')}`);
}
if (matrix.excluded.length > 0) {
  say(`these are left out, for they are red on ${HEALTHY}: ${ids(matrix.excluded).join(', ')}`);
}
for (const hint of judgement.hints) say(`hint: ${hint}`);
for (const problem of judgement.problems) say(`✗ ${problem}`);
say(`see ${page}`);
const { passed, failed, skipped } = judgement;
say(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
