/**
 * Starts a guest kernel in the namespaces that this process was started in. There everything
 * of this machine becomes read-only, except a tmpfs for the guest's memory and the report
 * directory. Orders come on standard input; standard output is the guest's console.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bytes } from '../../bytes.js';
import { mountFileSystem } from '../../system/mount.js';
import { bindMount, enterRoot, makeTreeReadOnly, makeWritable } from '../../system/mount-tree.js';
import { sayFailed } from './console.js';
import { kernelParameters } from './kernel-parameters.js';
import type { GuestOrders, Orders } from './orders.js';
import { makeRoot, outside } from './root-with-libraries.js';

const { kernel, libraries, place, ...guest }: Orders = JSON.parse(readFileSync(0, 'utf8'));
const at = (name: string) => join(place, name) as Bytes;

/** @returns where this machine's root is, as the kernel sees it. */
function enclose(): string {
  mountFileSystem('tmpfs', 'guest', place as Bytes, 'mode=0755');
  for (const name of ['report', 'control', 'memory']) mkdirSync(at(name));
  bindMount(guest.report as Bytes, at('report'));
  symlinkSync(process.execPath, at('node'));
  symlinkSync(fileURLToPath(new URL('./guest.js', import.meta.url)), at('guest.js'));
  writeFileSync(at('orders.json'), JSON.stringify(guest satisfies GuestOrders));
  const root = libraries === undefined ? '/' : at('root');
  if (libraries !== undefined) makeRoot(root, libraries, [place, '/proc', '/dev']);
  makeTreeReadOnly('/' as Bytes);
  for (const path of [place, at('report')]) makeWritable(join(root, path) as Bytes);
  if (libraries === undefined) return '/';
  enterRoot(root as Bytes);
  return outside;
}

try {
  const machine = enclose();
  const { error } = spawnSync(join(machine, kernel), kernelParameters(machine, place), {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { TMPDIR: at('memory') },
  });
  if (error !== undefined) throw error;
} catch (failure) {
  process.stdout.write(sayFailed(`it cannot be started: ${failure}`));
}
