import { readFileSync } from 'node:fs';
import { type Bytes, fromBuffer } from '../bytes.js';
import { errnoName, SystemError } from './errno.js';
import { cString, libc, succeed } from './libc.js';
import { waitFor } from './wait.js';

const MNT_DETACH = 2;
const UMOUNT_NOFOLLOW = 8;
const busyLimit = 300;

/** A line of proc_pid_mountinfo(5). */
export interface Mount {
  readonly mountPoint: Bytes;
  /** Which directory of the file system is mounted; absolute. */
  readonly root: Bytes;
  readonly type: string;
  readonly source: Bytes;
  /** Those of the file system, not of the place it is mounted at. */
  readonly options: readonly string[];
}

export interface MountFlags {
  /** MS_RDONLY: nothing can be changed, whatever lies below. */
  readonly readOnly?: boolean;
  /** MS_REMOUNT: the options are for what is mounted there already. */
  readonly remount?: boolean;
  /** MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_NOATIME. */
  readonly noSuid?: boolean;
  readonly noDevices?: boolean;
  readonly noExec?: boolean;
  readonly noAtime?: boolean;
}

/** linux/mount.h */
const flagBits: Readonly<Record<keyof MountFlags, number>> = {
  readOnly: 1,
  noSuid: 2,
  noDevices: 4,
  noExec: 8,
  remount: 32,
  noAtime: 1024,
};

/** mount(2). @throws SystemError */
export function mountFileSystem(
  type: string,
  source: string,
  target: Bytes,
  options: string,
  wanted: MountFlags = {},
): void {
  const flags = Object.entries(flagBits)
    .filter(([name]) => wanted[name as keyof MountFlags] === true)
    .reduce((all, [, bit]) => all | bit, 0);
  succeed(
    'mount',
    target,
    libc.mount(cString(source), cString(target), cString(type), flags, cString(options)),
  );
}

/**
 * umount2(2). A mount that stays busy for 300 ms is detached, so that nothing is left, and
 * reported; a place where nothing is mounted is none.
 * @throws SystemError EBUSY, or what else umount2 says.
 */
export function unmountFileSystem(target: Bytes): void {
  const path = cString(target);
  const errno = waitFor(() => {
    const result = errnoName(-libc.umount2(path, UMOUNT_NOFOLLOW));
    return result === 'EBUSY' ? undefined : result;
  }, busyLimit);
  if (errno === 'E0' || errno === 'EINVAL') return;
  libc.umount2(path, UMOUNT_NOFOLLOW | MNT_DETACH);
  throw new SystemError(errno ?? 'EBUSY', 'umount2', target);
}

/** umount2(2). @throws SystemError EBUSY when it is in use, EINVAL when nothing is mounted there. */
export function unmountOnce(target: Bytes): void {
  succeed('umount2', target, libc.umount2(cString(target), UMOUNT_NOFOLLOW));
}

/** Takes away what is mounted on a path and below it, also while it is in use (MNT_DETACH). */
export function detachMount(target: Bytes): void {
  succeed('umount2', target, libc.umount2(cString(target), UMOUNT_NOFOLLOW | MNT_DETACH));
}

/** Everything mounted in the mount namespace of a process, this one's by default, in the order of mounting. */
export function listMounts(pid: number | 'self' = 'self'): Mount[] {
  return parseMountInfo(fromBuffer(readFileSync(`/proc/${pid}/mountinfo`)));
}

/** The mount that a directory lies in. */
export function mountOf(directory: Bytes): Bytes {
  const above = listMounts().filter(({ mountPoint }) =>
    `${directory}/`.startsWith(mountPoint === '/' ? '/' : `${mountPoint}/`),
  );
  return above.reduce((one, other) => (other.mountPoint.length >= one.mountPoint.length ? other : one))
    .mountPoint;
}

export function isMountPoint(path: Bytes): boolean {
  return listMounts().some((mount) => mount.mountPoint === path);
}

/** The fields up to ` - ` are of a varying number; space, tab, line feed and backslash are octal. */
export function parseMountInfo(text: Bytes): Mount[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [before = '', after = ''] = line.split(' - ');
      const [type = '', source = '', options = ''] = after.split(' ');
      const [, , , root = '', mountPoint = ''] = before.split(' ');
      return {
        mountPoint: unescaped(mountPoint),
        root: unescaped(root),
        type,
        source: unescaped(source),
        options: options.split(','),
      };
    });
}

/** A path as the kernel prints it, with an octal number for each byte that would end it. */
export function unescaped(field: string): Bytes {
  return field.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  ) as Bytes;
}
