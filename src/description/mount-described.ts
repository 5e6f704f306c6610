import { type Branch, MountError, type Sandbox, type Union } from '../backend.js';
import type { Bytes } from '../bytes.js';
import { openDirectory } from '../system/directory.js';
import { errnoName } from '../system/errno.js';
import { isMountPoint, unmountFileSystem } from '../system/mount.js';
import { runProgram } from '../system/programs.js';
import { statPath } from '../system/stat.js';
import { waitFor } from '../system/wait.js';
import { fillIn, mountCommand } from './command-line.js';
import { DaemonProcess } from './daemon-process.js';
import type { Description } from './description.js';
import { makePlaces } from './places.js';
import { missingNamespace } from './what-is-missing.js';

/** How long a daemon may take to end after its union was unmounted; milliseconds. */
const farewell = 3000;

/**
 * Starts what serves the union, and waits until it does.
 * @throws MountError with the implementation's own words; nothing is left then.
 */
export function mountDescribed(
  description: Description,
  branches: readonly Branch[],
  sandbox: Sandbox,
): Union {
  const missing = missingNamespace(sandbox);
  if (missing !== undefined) throw new MountError(`${missing.reason}: ${missing.remedy}`);
  const places = makePlaces(sandbox);
  const daemon = new DaemonProcess(description.lifetime, places);
  const end = (patience: number): void => {
    let left = 0; // a union that is still in use, or refuses to go, keeps its daemon for ever
    try {
      if (isMountPoint(sandbox.mountPoint)) unmount(description, sandbox.mountPoint);
      left = patience;
    } finally {
      daemon.end(left);
      places.remove();
    }
  };
  try {
    const command = mountCommand(description, branches, places);
    if (!daemon.start(command))
      throw new MountError(`${description.name}: ${command[0]} could not be started`);
    waitUntilServed(description, daemon, sandbox.mountPoint);
  } catch (failure) {
    end(0);
    throw failure;
  }
  return {
    files: openDirectory(sandbox.mountPoint),
    mountPoint: sandbox.mountPoint,
    daemon: () => daemon.state(),
    log: () => daemon.log(),
    unmount: () => end(farewell),
  };
}

/** The mount is there before it is served, and a look at it waits for that, so it is looked at last. */
function waitUntilServed(description: Description, daemon: DaemonProcess, mountPoint: Bytes): void {
  const { name, 'ready-within': seconds = 10 } = description;
  const answer = waitFor(
    () => (isMountPoint(mountPoint) ? 'mounted' : daemon.gaveUp() ? 'gave up' : undefined),
    seconds * 1000,
  );
  if (answer === 'gave up' && !isMountPoint(mountPoint)) {
    throw new MountError(`${name}: it ended and nothing is mounted${words(daemon)}`);
  }
  if (answer === undefined) throw new MountError(`${name}: no mount within ${seconds} s${words(daemon)}`);
  daemon.settle(seconds * 1000);
  const root = statPath(mountPoint);
  if (typeof root === 'number') {
    throw new MountError(`${name}: mounted, but stat of its root: ${errnoName(-root)}${words(daemon)}`);
  }
}

function words(daemon: DaemonProcess): string {
  const log = daemon.log().trim();
  return log === '' ? '' : `: ${log}`;
}

/** A command that fails is told by what is still mounted; then umount2(2) is called as well. */
function unmount(description: Description, mountPoint: Bytes): void {
  if (description.unmount !== undefined) {
    runProgram(fillIn(description.unmount, { mountpoint: mountPoint }), '/');
    if (!isMountPoint(mountPoint)) return;
  }
  unmountFileSystem(mountPoint);
}
