/**
 * `npm run kill-test -- [ROUNDS] [--backend=docker] [--victim=NAME,…]`: starts the suite, kills the CLI, a worker, an
 * agent, the janitor or all of them at a random moment, kills or stops a FUSE daemon, the server of the mounted
 * in-house union, or with `--backend` a container engine, and looks whether anything is left on the machine. A worker,
 * agent, daemon, server or engine must cost no more than the scenario it was in, the janitor nothing; a killed CLI
 * everything but order. What outlives a run of which nothing is left (control groups, and what is in the engine of a
 * user) is removed by the next one. Beside each run with an engine runs that of a user: it has to be afterwards what
 * it was before.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withDir } from 'tmp-promise';
import { findProgram } from '../../src/system/processes.js';
import { round, type Setting } from './round.js';
import { startUsersEngine } from './users-engine.js';
import { plansFor } from './victims.js';

/** Unions, containers and control groups: each with something that could be left. */
const ofKernel: Setting = {
  features: [
    'features/container/control-groups.feature',
    'features/container/freezing.feature',
    'features/container/pid-namespaces.feature',
    'features/union/copy-up.feature',
  ],
  results: 0,
  earliest: 300,
  latest: 2_800,
  requestLimit: 5_000,
};

/** Unions of layers, images, what is built, and containers. */
const ofEngine: Setting = {
  features: [
    'features/image/building.feature',
    'features/image/containers.feature',
    'features/union/mapping-and-locks.feature',
  ],
  results: 20,
  earliest: 0,
  latest: 3_000,
  requestLimit: 10_000,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    backend: { type: 'string' },
    victim: { type: 'string' },
  },
});
const rounds = Number(positionals[0] ?? 50);
const { backend } = values;
const isEngine = backend !== undefined;
const setting = isEngine ? ofEngine : ofKernel;
const wanted = values.victim?.split(',');
const every = plansFor(backend);
const plans = every.filter(({ victim }) => wanted?.includes(victim) ?? true);

const unknown = wanted?.find((name) => every.every(({ victim }) => victim !== name));
if (unknown !== undefined)
  refuse(`--victim=${unknown}: want ${[...new Set(every.map(({ victim }) => victim))].join(', ')}`);
if (!(rounds > 0)) refuse(`ROUNDS is ${positionals[0]}: want a number, 1 or more`);

function refuse(complaint: string): never {
  console.error(`kill-test: ${complaint}`);
  process.exit(64);
}

const missing = isEngine
  ? ['dockerd', 'docker', 'busybox'].find((name) => findProgram(name) === undefined)
  : undefined;
if (missing !== undefined || (isEngine && process.geteuid?.() !== 0)) {
  console.log(`skipped: ${missing === undefined ? 'not root' : `${missing} is not installed`}`);
  console.log(`\n0 passed, 0 failed, ${rounds} skipped`);
  process.exit();
}

let failed = 0;
await withDir(
  async ({ path: directory }) => {
    const user = isEngine ? await startUsersEngine(join(directory, 'user')) : undefined;
    try {
      for (let index = 0; index < rounds; index += 1) {
        const plan = plans[index % plans.length];
        if (plan === undefined) throw new Error('there is nobody to kill');
        const { shown, lost, problems } = await round(
          index,
          setting,
          plan,
          user,
          join(directory, `${index}`),
        );
        if (problems.length > 0) failed += 1;
        const lines = problems.length > 0 ? problems : lost;
        console.log([`${index + 1}/${rounds} ${shown}, ${lost.length} lost`, ...lines].join('\n  '));
      }
    } finally {
      await user?.stop();
    }
  },
  { prefix: 'union-conformance-kill-test', unsafeCleanup: true },
);
console.log(`\n${rounds - failed} passed, ${failed} failed, 0 skipped`);
process.exitCode = failed === 0 ? 0 : 1;
