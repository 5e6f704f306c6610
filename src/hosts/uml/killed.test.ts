/** A run in a guest that is killed at once leaves nothing, where `linux.uml` is installed. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { withDir } from 'tmp-promise';
import { findKernel } from './find-kernel.js';
import { kernels } from './kernels.js';

const suite = fileURLToPath(new URL('../../cli/main.js', import.meta.url));

const here = await Promise.all(
  kernels.map(async (kernel) => ((await findKernel(kernel)) ? kernel : undefined)),
);
const kernel = here.find((each) => each !== undefined);
const skip = kernel === undefined ? 'no linux.uml: apt-get install user-mode-linux' : false;

const BOOT_MS = 120_000;
const GONE_MS = 10_000;

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function pidNamespaceOf(pid: string | number): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return ''; // gone
  }
}

/** The PID namespaces of the processes below one. */
function namespacesBelow(pid: number): string[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return children.flatMap((child) => [pidNamespaceOf(child), ...namespacesBelow(child)]);
}

async function until(holds: () => boolean, limit: number): Promise<boolean> {
  for (const end = Date.now() + limit; Date.now() < end; await setTimeout(50)) if (holds()) return true;
  return false;
}

test('a guest ends with the command line that was killed, and its mounts with it', {
  skip,
}, async () => {
  await withDir(
    async ({ path }) => {
      const parameters = [`--on=uml:${kernel?.series}`, '--backend=overlay', `--report=${path}/report`];
      const cli = spawn(process.execPath, [suite, ...parameters], { stdio: 'ignore' });
      const log = join(path, 'report', `uml-${kernel?.series}`, 'console.log');
      assert.ok(await until(() => read(log).includes('guest: up'), BOOT_MS), 'it boots');
      const own = pidNamespaceOf('self');
      const guests = new Set(namespacesBelow(cli.pid ?? 0).filter((namespace) => namespace !== own));
      assert.equal(guests.size, 1);
      cli.kill('SIGKILL');
      await once(cli, 'exit');
      const left = () => readdirSync('/proc').filter((pid) => guests.has(pidNamespaceOf(pid)));
      await until(() => left().length === 0, GONE_MS);
      assert.deepEqual(left(), []);
      assert.doesNotMatch(read('/proc/self/mounts'), /^guest /m);
      assert.deepEqual(readdirSync(path), ['report']);
    },
    { unsafeCleanup: true },
  );
});
