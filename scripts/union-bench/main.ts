/**
 * `npm run bench -- union [BACKEND…] [--rounds=N] [--small] [--without=OPTION[,…]] [--report=DIR]`: how
 * fast mounted unions are, side by side. All of them in each round, taking turns, over the same branches
 * on a tmpfs, in a mount namespace of their own; the best round counts. `tmpfs` is a plain directory: the
 * floor. `--without` leaves out options of the in-house union: `awake`, `passthrough`. With `--memory` it
 * is how much they take with 100,000 inodes.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { $ } from 'zx';
import { listBackends } from '../../src/backends/load-backend.js';
import { makeLayers, type Size, usualSize } from './layers.js';
import { FLOOR, measure, type Round } from './measure.js';
import { showMemory } from './memory.js';
import { benchOptions, written } from './options.js';
import { best, judge, showTable, showTargets } from './table.js';

const SUBJECT = 'userland-fuse';
const usual = [FLOOR, 'overlay', SUBJECT, 'fuse-overlayfs', 'unionfs-fuse', 'mergerfs'];

const place = '/dev/shm';
const isRoot = process.geteuid?.() === 0;
const words = process.argv.slice(3);
const value = (name: string) => words.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);

const options = benchOptions(value('without')?.split(',') ?? []);

/**
 * The mounts end with the namespace, whatever happens. Daemons are ended with whatever was started
 * since (`src/description/daemon-process.ts`): in a PID namespace of its own that is nobody else's.
 */
async function inNamespace(): Promise<number> {
  const own = ['--mount', '--propagation', 'private', '--pid', '--fork', '--mount-proc', '--kill-child'];
  const flags = isRoot ? own : ['--user', '--map-root-user', ...own];
  const env = { ...process.env, UNION_BENCH: isRoot ? 'root' : 'user' };
  const again = $({ env, nothrow: true, stdio: 'inherit' });
  const { exitCode } = await again`unshare ${flags} ${process.execPath} ${process.argv.slice(1)}`;
  return exitCode ?? 70;
}

async function bench(): Promise<number> {
  const rounds = Number(value('rounds') ?? 5);
  const known = [FLOOR, ...listBackends()];
  const named = words.filter((word) => !word.startsWith('--'));
  const backends = (named.length > 0 ? named : usual).filter((name) => known.includes(name));
  if (words.includes('--memory')) return tellMemory(backends.filter((name) => name !== FLOOR));
  const size = words.includes('--small')
    ? { ...usualSize, directories: 10, wide: 2000, changes: 300, large: 32 }
    : usualSize;
  await mountPlace();
  makeLayers(place, size);
  const measured = new Map<string, Round[]>(backends.map((name) => [name, []]));
  let text = '';
  for (let round = 1; round <= rounds; round++) {
    for (const name of backends) {
      process.stderr.write(`\rround ${round}/${rounds}: ${name.padEnd(20)}`);
      try {
        measured.get(name)?.push(await measure(name, place, size, options));
      } catch (failure) {
        process.stderr.write(`\r${name}: ${failure instanceof Error ? failure.message : failure}\n`);
        rmSync(join(place, 'round'), { recursive: true, force: true });
      }
    }
    text = writeReport(measured, round, size);
  }
  process.stderr.write(`${'\r'.padEnd(40)}\r`);
  console.log(text);
  return 0;
}

async function mountPlace(): Promise<void> {
  await $({ quiet: true })`mount -t tmpfs -o mode=0755,size=80%,nr_inodes=0 tmpfs ${place}`;
}

async function tellMemory(names: readonly string[]): Promise<number> {
  await mountPlace();
  console.log('Resident memory (VmRSS) of what serves a union of which 100,000 inodes are known:\n');
  for (const name of names) console.log(await showMemory(name, place, options));
  return 0;
}

/** What is known after so many rounds, written and returned: a run that is cut short has a report too. */
function writeReport(measured: ReadonlyMap<string, readonly Round[]>, rounds: number, size: Size): string {
  const times = new Map(
    [...measured].flatMap(([name, done]) => (done.length === 0 ? [] : [[name, best(done)] as const])),
  );
  const judged = judge(times, SUBJECT);
  const memory = [...measured].flatMap(([name, done]) => {
    const most = Math.max(...done.flatMap((round) => round.memory ?? []));
    return most > 0 ? [`- ${name}: ${(most / 2 ** 20).toFixed(0)} MiB`] : [];
  });
  const text = [
    `Milliseconds, the least of ${rounds} rounds; Linux ${release()}, Node ${process.versions.node}`,
    `${SUBJECT} is mounted with -o ${written(options)}`,
    showTable(times, SUBJECT),
    showTargets(judged, SUBJECT),
    ['Memory of what serves the union, at the end of a round:', ...memory].join('\n'),
  ].join('\n\n');
  const report = value('report') ?? 'reports/union-bench';
  mkdirSync(report, { recursive: true });
  writeFileSync(join(report, 'union-bench.md'), `${text}\n`);
  const records = {
    rounds,
    size,
    best: Object.fromEntries(times),
    targets: judged,
    all: Object.fromEntries(measured),
  };
  writeFileSync(join(report, 'union-bench.json'), `${JSON.stringify(records, undefined, 2)}\n`);
  return text;
}

process.exitCode = process.env.UNION_BENCH === undefined ? await inNamespace() : await bench();
