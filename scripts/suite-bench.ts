/**
 * `npm run bench -- [BACKEND…] [--rounds=N]`: how many scenarios a second each backend
 * runs from the first to the last, with a fresh union for each, which share of that is the
 * union's own time, and how long it takes until the first has ended. The scenarios are those of
 * unions: containers wait by the clock, while CPU time is measured, say. The backends take turns,
 * and the best and the median round are shown: a busy machine only ever makes a round slower.
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
  /** Milliseconds from the start of the program to the end of the first scenario. */
  readonly startUp: number;
}

const features = ['features/union', 'features/formats'];
const quiet = $({ nothrow: true, quiet: true });

/** The sign before a scenario that was executed, in verbose output: it holds, deviates or fails. */
const executed = /^[✓≈✗]/;

async function measure(backend: string, report: string): Promise<Round | undefined> {
  const began = performance.now();
  const moments: number[] = [];
  const suite = quiet`node dist/src/cli/main.js --verbose --backend=${backend} --report=${report} ${features}`;
  for await (const line of suite) {
    if (executed.test(line)) moments.push(performance.now());
  }
  const [first, last] = [moments[0], moments.at(-1)];
  if (first === undefined || last === undefined || first === last) return undefined;
  const results = readFileSync(join(report, 'results.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Header | Result | Footer)
    .filter((record) => record.type === 'result');
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    scenariosPerSecond: ((moments.length - 1) / (last - first)) * 1000,
    unionShare: sum(results.map(({ inUnion }) => inUnion)) / sum(results.map(({ duration }) => duration)),
    startUp: first - began,
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
