/** The in-house union as a program mounts it, with a daemon that can be killed. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { $ } from 'zx';

export interface MountedUnion {
  unmount(): Promise<void>;
  /** SIGKILL, and then the mount that is left is taken away. */
  kill(): Promise<void>;
}

const program = fileURLToPath(new URL('../../src/union-mount/main.js', import.meta.url));
const quiet = $({ quiet: true });

/** Milliseconds until it has to be mounted. */
const PATIENCE = 20_000;

/** `branches` as `path=mode`, highest first. @throws Error with the program's own words. */
export async function mountUnion(branches: readonly string[], root: string): Promise<MountedUnion> {
  const words = ['--foreground', '-o', `br=${branches.join(':')},udba=none`, root];
  const daemon = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  daemon.stderr.on('data', (data) => {
    complaint += String(data);
  });
  const ended = new Promise<void>((resolve) => daemon.once('close', () => resolve()));
  for (const end = performance.now() + PATIENCE; !isMounted(root); await setTimeout(10)) {
    if (daemon.exitCode !== null || performance.now() > end) throw new Error(`no union: ${complaint}`);
  }
  await quiet`stat ${root}`;
  return {
    async unmount() {
      await quiet`umount ${root}`;
      await ended;
    },
    async kill() {
      daemon.kill('SIGKILL');
      await ended;
      await quiet`umount -l ${root}`;
    },
  };
}

function isMounted(root: string): boolean {
  return readFileSync('/proc/self/mountinfo', 'latin1').includes(` ${root} `);
}
