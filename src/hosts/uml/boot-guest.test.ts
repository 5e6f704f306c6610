/** Real guests, where `linux.uml` is installed: each boots within seconds. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withDir } from 'tmp-promise';
import { findProgram } from '../../system/processes.js';
import { bootGuest } from './boot-guest.js';
import { findKernel } from './find-kernel.js';
import { kernels } from './kernels.js';

const installed = findProgram('linux.uml');
/** And none that was fetched: in 5.10 the root stays read-only, and 7.2 wants other options for hostfs. */
const found = (await Promise.all(kernels.map(findKernel))).find((kernel) => kernel?.program === installed);
const skip = found === undefined ? 'no linux.uml: apt-get install user-mode-linux' : false;

async function ending(script: string, stop = new AbortController().signal) {
  if (found === undefined) throw new Error('skipped');
  return withDir(
    async ({ path }) => {
      const report = join(path, 'report');
      const { mkdir } = await import('node:fs/promises');
      await mkdir(report);
      const work = {
        report,
        command: ['sh', '-c', script, 'sh', report, path],
        files: [],
        directory: '/',
        environment: { PATH: process.env.PATH ?? '' },
      };
      const said: string[] = [];
      const ended = await bootGuest(found, work, { stop, say: (line) => said.push(line), heard: () => {} });
      return {
        ended,
        said,
        report: readdirSync(report).sort(),
        beside: readdirSync(path),
        output: readFileSync(join(report, 'output.log'), 'utf8'),
      };
    },
    { unsafeCleanup: true },
  );
}

test('a guest runs a command, and can write to the report directory and to nothing else', {
  skip,
}, async () => {
  const { ended, said, report, beside, output } = await ending(`
    uname -r
    echo here >$1/result
    echo nowhere >$2/escaped
    mkdir /tmp/machine && mount -t hostfs -o / none /tmp/machine && echo mounted
    touch /tmp/machine/$2/escaped; touch /tmp/machine/tmp/escaped
    exit 3`);
  assert.deepEqual(ended, { kind: 'ended', exitCode: 3 });
  assert.deepEqual(said, ['boots', `runs Linux ${found?.release}`]);
  assert.deepEqual(report, ['console.log', 'output.log', 'result']);
  assert.deepEqual(beside, ['report']);
  assert.match(output, /^mounted$/m);
  assert.equal(output.match(/Read-only file system/g)?.length, 2);
});

test('a guest whose kernel panics is told from one that ends', { skip }, async () => {
  const { ended } = await ending('mount -t proc proc /proc; echo c >/proc/sysrq-trigger; sleep 60');
  assert.equal(ended.kind, 'broke');
  assert.match(ended.kind === 'broke' ? ended.reason : '', /^its kernel panicked: sysrq triggered crash/);
});
