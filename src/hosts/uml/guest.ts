/**
 * The first process of a guest kernel, whose root is this machine's, read-only: puts a
 * throw-away overlay on top of it, runs the suite, and says on the console how that ended.
 */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, symlinkSync, writeSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import type { Bytes } from '../../bytes.js';
import { loadModule, mountHostDirectory, powerOff } from '../../system/guest-kernel.js';
import { isMountPoint, mountFileSystem, unmountFileSystem } from '../../system/mount.js';
import { pivotInto } from '../../system/mount-tree.js';
import { sayEnded, sayFailed, sayUp } from './console.js';
import type { GuestOrders } from './orders.js';

const place = process.argv[2] ?? '';
const orders: GuestOrders = JSON.parse(readFileSync(join(place, 'orders.json'), 'utf8'));

function mount(type: string, target: string, options = ''): void {
  mkdirSync(target, { recursive: true });
  if (isMountPoint(target as Bytes)) return; // by the kernel, or for the root before this one
  mountFileSystem(type, type, target as Bytes, options);
}

/** Everything that is written goes to a tmpfs; where there is no overlay to be had of the root, it stays read-only. */
function makeRootWritable(): void {
  mount('tmpfs', '/run', 'mode=0755');
  for (const name of ['upper', 'work', 'root']) mkdirSync(join('/run', name));
  mount('overlay', '/run/root', 'lowerdir=/,upperdir=/run/upper,workdir=/run/work');
  if (opensFiles('/run/root')) {
    mountFileSystem('proc', 'proc', '/run/root/proc' as Bytes, '');
    pivotInto('/run/root' as Bytes);
  } else for (const place of ['/run/root', '/run']) unmountFileSystem(place as Bytes);
}

/** Overlayfs of 5.10 shows every file of hostfs, and opens none. */
function opensFiles(root: string): boolean {
  try {
    closeSync(openSync(join(root, 'bin/sh'), 'r'));
    return true;
  } catch {
    return false;
  }
}

function mountAll(): void {
  mount('sysfs', '/sys');
  mount('devtmpfs', '/dev');
  mount('devpts', '/dev/pts', 'ptmxmode=0666');
  mount('tmpfs', '/dev/shm', 'mode=1777');
  mount('cgroup2', '/sys/fs/cgroup');
  if (!existsSync('/dev/fd')) symlinkSync('/proc/self/fd', '/dev/fd');
  mkdirSync(orders.report, { recursive: true });
  mountHostDirectory(join(place, 'report'), orders.report as Bytes);
}

function runSuite(): void {
  const [program = '', ...parameters] = orders.command;
  const output = openSync(join(orders.report, 'output.log'), 'w');
  const { directory: cwd, environment: env } = orders;
  const suite = spawn(program, parameters, { cwd, env, stdio: ['ignore', output, output] });
  closeSync(output);
  suite.on('error', (failure) => end(sayFailed(String(failure))));
  suite.on('exit', (code, signal) => end(code === null ? sayFailed(`the suite: ${signal}`) : sayEnded(code)));
}

function end(words: string): void {
  writeSync(1, words);
  powerOff();
}

try {
  mountFileSystem('proc', 'proc', '/proc' as Bytes, '');
  for (const module of orders.modules) loadModule(module);
  makeRootWritable();
  mountAll();
  writeSync(1, sayUp(release()));
  runSuite();
} catch (failure) {
  end(sayFailed(String(failure)));
}
