/**
 * `npm run workloads -- [--kills=N]`: the mounted in-house union at work. A Debian root file system,
 * this machine's own, is used through it; and its daemon is killed N times (200) during changes.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { $ } from 'zx';
import { type Check, useDebian } from './debian.js';
import { killSideBySide } from './kills.js';

const kills = Number(process.argv.find((word) => word.startsWith('--kills='))?.slice(8) ?? 200);

/** The mounts end with the namespace, whatever happens. */
async function inNamespace(): Promise<number> {
  if (process.geteuid?.() !== 0) {
    console.log('not root, and chroot(2) into a whole system needs it: run as root');
    console.log('0 passed, 0 failed, 1 skipped');
    return 0;
  }
  const again = $({ env: { ...process.env, UNION_WORKLOADS: '1' }, nothrow: true, stdio: 'inherit' });
  const { exitCode } =
    await again`unshare --mount --propagation private ${process.execPath} ${process.argv.slice(1)}`;
  return exitCode ?? 70;
}

async function work(): Promise<number> {
  const place = '/dev/shm';
  await $({ quiet: true })`mount -t tmpfs -o mode=0755,size=50% tmpfs ${place}`;
  for (const name of ['debian', 'kills']) mkdirSync(join(place, name));
  const sum = { passed: 0, failed: 0 };
  const tell = ({ name, problem }: Check) => {
    sum[problem === undefined ? 'passed' : 'failed'] += 1;
    console.log(problem === undefined ? `✓ ${name}` : `✗ ${name}: ${problem}`);
  };
  for await (const check of useDebian(join(place, 'debian'))) tell(check);
  const begun = performance.now();
  const progress = (done: number) => {
    const seconds = Math.round((performance.now() - begun) / 1000);
    if (done % 20 === 0 && done < kills) console.log(`  ${done} of ${kills} kills after ${seconds} s`);
  };
  const { rounds, changes, problem } = await killSideBySide(join(place, 'kills'), kills, progress);
  const name = `${rounds} kills during ${changes} changes leave each change made or not made`;
  tell(problem === undefined ? { name } : { name, problem });
  console.log(`${sum.passed} passed, ${sum.failed} failed, 0 skipped`);
  return sum.failed === 0 ? 0 : 1;
}

process.exitCode = process.env.UNION_WORKLOADS === undefined ? await inNamespace() : await work();
