import type { Sandbox } from '../backend.js';
import { bytes } from '../bytes.js';
import { errnoName } from '../system/errno.js';
import { attempt, cString } from '../system/libc.js';
import { findProgram } from '../system/processes.js';
import type { Description } from './description.js';

const O_RDWR = 2;
const O_CLOEXEC = 0x80000;

/** What a union cannot be mounted without, and how to get it. */
export interface Missing {
  readonly reason: string;
  readonly remedy: string;
}

/** Looks for the programs and the device before anything is tried; undefined when all is there. */
export function whatIsMissing(description: Description, sandbox: Sandbox): Missing | undefined {
  return missingProgram(description) ?? missingNamespace(sandbox) ?? missingDevice(description);
}

function missingProgram(description: Description): Missing | undefined {
  const commands = [
    description.mount,
    description['mount-read-only'],
    description.unmount,
    description.version,
  ];
  const program = commands
    .map((command) => command?.[0])
    .find((name) => name !== undefined && findProgram(name) === undefined);
  if (program === undefined) return undefined;
  const { package: debian, remedy } = description;
  return {
    reason: program.includes('/') ? `${program}: no such program` : `${program}: not found in PATH`,
    remedy: debian === undefined ? (remedy ?? `install ${program}`) : `apt-get install ${debian}`,
  };
}

/** open(2) of the device, as the daemon will do it. */
export function missingDevice({ device }: Pick<Description, 'device'>): Missing | undefined {
  if (device === undefined) return undefined;
  const descriptor = attempt('open', cString(bytes(device)), O_RDWR | O_CLOEXEC, 0);
  if (descriptor >= 0) {
    attempt('close', descriptor);
    return undefined;
  }
  const errno = errnoName(-descriptor);
  const fuse = device === '/dev/fuse';
  const remedies: Readonly<Record<string, string>> = {
    EACCES: fuse
      ? 'apt-get install fuse3, or as root: chmod 0666 /dev/fuse'
      : `as root: chmod 0666 ${device}`,
    EPERM: `the device is forbidden here: a container needs --device ${device}`,
    ENOENT: fuse
      ? 'modprobe fuse; a kernel built here needs CONFIG_FUSE_FS; a container needs --device /dev/fuse'
      : `make ${device}`,
    ENXIO: fuse ? 'modprobe fuse; a kernel built here needs CONFIG_FUSE_FS' : `load the driver of ${device}`,
  };
  return { reason: `open ${device}: ${errno}`, remedy: remedies[errno] ?? remedies.ENOENT ?? '' };
}

/** Nothing is ever mounted where other processes of the host would see it. */
export function missingNamespace({ isolated }: Pick<Sandbox, 'isolated'>): Missing | undefined {
  if (isolated) return undefined;
  return { reason: 'no private mount namespace', remedy: 'run as root, or allow user namespaces' };
}
