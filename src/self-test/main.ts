/**
 * Does the suite look? Runs it on unions that break one rule each (`fixtures/faulty-unions/`),
 * and ends with 1 when one of them gets through, or when too many scenarios never say no.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRunOptions } from '../cli/options.js';
import { run } from '../cli/run.js';
import { judgeSuite } from './judgement.js';
import { killMatrix } from './kill-matrix.js';
import { TwinProgress } from './progress.js';
import { some, toJson, toMarkdown } from './show-matrix.js';
import { twinFiles } from './twins.js';

const healthy = 'userland';
const say = (line: string) => void process.stdout.write(`${line}\n`);

const [directory = 'reports/self-test'] = process.argv.slice(2);
const backend = [healthy, ...twinFiles()].join(',');
const progress = new TwinProgress(say);
await run(readRunOptions([], { backend, report: directory, workers: '2' }), progress);

if (progress.report === undefined) throw new Error('the run was stopped');
const matrix = killMatrix(progress.report, healthy);
const judgement = judgeSuite(matrix);
writeFileSync(join(directory, 'self-test.md'), toMarkdown(matrix, judgement));
writeFileSync(join(directory, 'self-test.json'), toJson(matrix, judgement));

say('');
for (const { name, caughtBy } of matrix.twins) {
  say(`${String(caughtBy.length).padStart(4)}  ${name}${caughtBy.length === 0 ? '' : `: ${some(caughtBy)}`}`);
}
say('');
say(`${matrix.healthy - matrix.idle.length} of ${matrix.healthy} scenarios turn red on some twin`);
if (matrix.idle.length > 0) say(`these do not: ${matrix.idle.map(({ id }) => id).join(', ')}`);
if (matrix.excluded.length > 0) {
  say(`left out, for they are red on ${healthy}: ${matrix.excluded.map(({ id }) => id).join(', ')}`);
}
for (const hint of judgement.hints) say(`hint: ${hint}`);
for (const problem of judgement.problems) say(`✗ ${problem}`);
say(`see ${join(directory, 'self-test.md')}`);
const { passed, failed, skipped } = judgement;
say(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
