/**
 * `npm run repeat -- TIMES [--busy=N] BACKEND …`: the same scenarios on one backend again and
 * again, with N processes beside them that take all the CPU time they get: what may fail now
 * and then on a busy machine does. What follows is the command line of the suite.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withDir } from 'tmp-promise';
import { $ } from 'zx';

const loader = fileURLToPath(new URL('../src/backends/load-backend.js', import.meta.url));

/** Each repetition is a backend of its own to the suite, so that one run does them all. */
function repetition(backend: string, number: number): string {
  return `
import { loadBackend } from ${JSON.stringify(loader)};
export default { ...(await loadBackend(${JSON.stringify(backend)})), name: 'repetition-${number}' };
`;
}

const words = process.argv.slice(2);
const busy = Number(words.find((word) => word.startsWith('--busy='))?.slice(7) ?? 0);
const [times, backend = '', ...suite] = words.filter((word) => !word.startsWith('--busy='));
if (!(Number(times) > 0 && backend !== '' && Number.isInteger(busy))) {
  process.stderr.write('repeat: want TIMES, [--busy=N], a backend, and what the suite is told\n');
  process.exit(64);
}

const loops = Array.from({ length: busy }, () =>
  spawn('setpriv', ['--pdeathsig', 'KILL', 'sh', '-c', 'while :; do :; done'], { stdio: 'ignore' }),
);
await withDir(
  async ({ path }) => {
    const files = Array.from({ length: Number(times) }, (_, index) => join(path, `${index + 1}.mjs`));
    for (const [index, file] of files.entries()) writeFileSync(file, repetition(backend, index + 1));
    const parameters = [`--backend=${files.join()}`, `--report=${path}/report`, '--quiet', ...suite];
    const main = ['dist/src/cli/main.js', ...parameters];
    const { exitCode } = await $({ nothrow: true, stdio: 'inherit', verbose: false })`node ${main}`;
    process.exitCode = exitCode ?? 1;
  },
  { prefix: 'union-conformance-repeat', unsafeCleanup: true },
);
for (const loop of loops) loop.kill('SIGKILL');
