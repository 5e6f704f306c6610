/**
 * `npm run bench -- [BACKEND…] [--rounds=N]`: how many scenarios a second each backend
 * runs, with a fresh union for each, and which share of the time is the union's own. The
 * backends take turns, and the best and the median round are shown: a busy machine only
 * ever makes a round slower.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withDir } from 'tmp-promise';
import { $ } from 'zx';
import type { Footer, Header, Result } from '../src/outcome.js';

interface Round {
  readonly scenariosPerSecond: number;
  /** Of the time that scenarios took, the part in which the union was at work. */
  readonly unionShare: number;
  /** Milliseconds from the start of the program to the first scenario. */
  readonly startUp: number;
}

const quiet = $({ nothrow: true, quiet: true });

async function measure(backend: string, report: string): Promise<Round | undefined> {
  const began = Date.now();
  await quiet`node dist/src/cli/main.js --quiet --backend=${backend} --report=${report}`;
  const lines = readFileSync(join(report, 'results.ndjson'), 'utf8').trim().split('\n');
  const records = lines.map((line) => JSON.parse(line) as Header | Result | Footer);
  const executed = records
    .filter((record) => record.type === 'result')
    .filter(({ duration }) => duration > 0);
  const header = records.find((record) => record.type === 'header');
  const footer = records.find((record) => record.type === 'footer');
  if (executed.length === 0 || header === undefined || footer === undefined) return undefined;
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    scenariosPerSecond: (executed.length / footer.duration) * 1000,
    unionShare: sum(executed.map(({ inUnion }) => inUnion)) / sum(executed.map(({ duration }) => duration)),
    startUp: Date.parse(header.started) - began,
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const words = process.argv.slice(2);
const rounds = Number(words.find((word) => word.startsWith('--rounds='))?.slice(9) ?? 5);
const named = words.filter((word) => !word.startsWith('--'));
const backends =
  named.length > 0 ? named : ['userland', 'overlay', 'fuse-overlayfs', 'unionfs-fuse', 'mergerfs'];
const measured = new Map<string, Round[]>(backends.map((backend) => [backend, []]));
await withDir(
  async ({ path: report }) => {
    for (let round = 1; round <= rounds; round += 1) {
      for (const backend of backends) {
        process.stderr.write(`\rround ${round}/${rounds}: ${backend.padEnd(20)}`);
        const result = await measure(backend, report);
        if (result !== undefined) measured.get(backend)?.push(result);
      }
    }
  },
  { prefix: 'union-conformance-bench', unsafeCleanup: true },
);
process.stderr.write(`${'\r'.padEnd(40)}\r`);
console.log('backend         scenarios/s best  median   in the union  in the harness  start-up ms');
for (const [backend, results] of measured) {
  if (results.length === 0) {
    console.log(`${backend.padEnd(16)}not available here: see npm run doctor`);
    continue;
  }
  const rates = results.map(({ scenariosPerSecond }) => scenariosPerSecond);
  const share = median(results.map(({ unionShare }) => unionShare));
  const columns = [
    Math.max(...rates)
      .toFixed(0)
      .padStart(16),
    median(rates).toFixed(0).padStart(8),
    `${(share * 100).toFixed(0)} %`.padStart(15),
    `${(100 - share * 100).toFixed(0)} %`.padStart(16),
    Math.min(...results.map(({ startUp }) => startUp))
      .toFixed(0)
      .padStart(13),
  ];
  console.log(backend.padEnd(16) + columns.join(''));
}
