#!/usr/bin/env node
/** `union-umount`: ends a union, and returns when its branches hold everything. */
import { Command } from 'commander';
import { type Bytes, display } from '../bytes.js';
import { UsageError } from '../catalogue/usage-error.js';
import { suiteVersion } from '../cli/suite-version.js';
import { serverOf } from '../fuse/control.js';
import { openDirectory } from '../system/directory.js';
import { SystemError } from '../system/errno.js';
import { unmountByHelper } from '../system/fusermount.js';
import { detachMount, isMountPoint, unmountOnce } from '../system/mount.js';
import { isAlive } from '../system/processes.js';
import { waitFor } from '../system/wait.js';
import { Failed, runCommand } from './command.js';
import { absolutePath } from './plan.js';

/** How long a server may take to write what it remembers; milliseconds. */
const farewell = 60_000;

const program = new Command('union-umount')
  .description('Ends a union that union-mount mounted.')
  .argument('<mount point>')
  .option('--lazy', 'take it away at once; what is open in it goes on until it is closed')
  .version(suiteVersion())
  .exitOverride();

async function run(): Promise<void> {
  program.parse();
  const { lazy = false } = program.opts<{ readonly lazy?: true }>();
  const mountPoint = absolutePath(program.args[0] ?? '', 'mount point');
  if (!isMountPoint(mountPoint)) throw new UsageError(`${display(mountPoint)}: nothing is mounted there`);
  const server = serverOfUnion(mountPoint);
  unmount(mountPoint, lazy);
  if (!lazy && server !== undefined) waitFor(() => (isAlive(server) ? undefined : true), farewell);
}

/** Undefined for a union whose server was killed: then it is only taken out of the tree of files. */
function serverOfUnion(mountPoint: Bytes): number | undefined {
  try {
    return serverOf(openDirectory(mountPoint));
  } catch (failure) {
    if (failure instanceof SystemError && failure.errno === 'ENOTCONN') return undefined;
    throw new UsageError(`${display(mountPoint)}: no union of union-mount is mounted there: use umount`);
  }
}

function unmount(mountPoint: Bytes, lazy: boolean): void {
  const problem = process.geteuid?.() === 0 ? asRoot(mountPoint, lazy) : unmountByHelper(mountPoint, lazy);
  if (problem !== undefined) throw new Failed(problem);
}

function asRoot(mountPoint: Bytes, lazy: boolean): string | undefined {
  try {
    if (lazy) detachMount(mountPoint);
    else unmountOnce(mountPoint);
    return undefined;
  } catch (failure) {
    if (!(failure instanceof SystemError)) throw failure;
    const place = display(mountPoint);
    return failure.errno === 'EBUSY'
      ? `${place}: it is in use: fuser -vm ${place} tells by whom; or union-umount --lazy ${place}`
      : `${place}: ${failure.message}`;
  }
}

await runCommand('union-umount', run);
