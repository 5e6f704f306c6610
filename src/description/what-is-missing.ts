import { closeSync, constants, openSync } from 'node:fs';
import type { Sandbox } from '../backend.js';
import { bytes, toBuffer } from '../bytes.js';
import { findProgram } from '../system/processes.js';
import type { Description } from './description.js';

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
  const errno = openFailure(device);
  if (errno === undefined) return undefined;
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

function openFailure(device: string): string | undefined {
  try {
    closeSync(openSync(toBuffer(bytes(device)), constants.O_RDWR));
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
}

/** Nothing is ever mounted where other processes of the host would see it. */
export function missingNamespace({ isolated }: Pick<Sandbox, 'isolated'>): Missing | undefined {
  if (isolated) return undefined;
  return { reason: 'no private mount namespace', remedy: 'run as root, or allow user namespaces' };
}
