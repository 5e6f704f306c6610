/**
 * `npm run workloads -- [--kills=N]`: the mounted in-house union at work. A Debian root file system,
 * this machine's own, is used through it; and its daemon is killed N times (200) during changes.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { $ } from 'zx';
import { useDebian } from './debian.js';
import { killAgainAndAgain } from './kills.js';

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
  const checks = [...(await useDebian(join(place, 'debian')))];
  for (const { name, problem } of checks)
    console.log(problem === undefined ? `✓ ${name}` : `✗ ${name}: ${problem}`);
  const { rounds, changes, problem } = await killAgainAndAgain(join(place, 'kills'), kills);
  const survived = `${rounds} kills during ${changes} changes leave each change made or not made`;
  console.log(problem === undefined ? `✓ ${survived}` : `✗ ${survived}: ${problem}`);
  const failed =
    checks.filter((check) => check.problem !== undefined).length + (problem === undefined ? 0 : 1);
  console.log(`${checks.length + 1 - failed} passed, ${failed} failed, 0 skipped`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = process.env.UNION_WORKLOADS === undefined ? await inNamespace() : await work();
