/** Mounts as a tree: copied, told how to spread, made read-only, and exchanged for another root. */
import type { Bytes } from '../bytes.js';
import { cString, libc, succeed } from './libc.js';

const MS_BIND = 4096;
const MS_REC = 16384;
const MNT_DETACH = 2;

/** Shows a directory, or a file, at a second place; `deep` takes along what is mounted below it. */
export function bindMount(source: Bytes, target: Bytes, how: 'deep' | 'shallow' = 'shallow'): void {
  const flags = MS_BIND | (how === 'deep' ? MS_REC : 0);
  succeed('mount', target, libc.mount(cString(source), cString(target), null, flags, null));
}

const MOUNT_SETATTR = 442; // not in glibc before 2.36
const MOUNT_ATTR_RDONLY = 1;
const AT_FDCWD = -100;
const AT_RECURSIVE = 0x8000;

/**
 * mount_setattr(2): the mount and every one below it can no longer be written through.
 * @throws SystemError ENOSYS before Linux 5.12.
 */
export function makeTreeReadOnly(root: Bytes): void {
  setAttributes(root, AT_RECURSIVE, MOUNT_ATTR_RDONLY, 0);
}

/** The same mount, without those below it, can be written through again. @throws SystemError */
export function makeWritable(mountPoint: Bytes): void {
  setAttributes(mountPoint, 0, 0, MOUNT_ATTR_RDONLY);
}

function setAttributes(path: Bytes, flags: number, set: number, clear: number): void {
  const attributes = Buffer.alloc(32); // struct mount_attr
  attributes.writeBigUInt64LE(BigInt(set), 0);
  attributes.writeBigUInt64LE(BigInt(clear), 8);
  succeed(
    'mount_setattr',
    path,
    libc.mount_setattr(MOUNT_SETATTR, AT_FDCWD, cString(path), flags, attributes, attributes.length),
  );
}

const propagations = { private: 1 << 18, slave: 1 << 19, shared: 1 << 20 } as const;

/** Whether later mounts spread from and to copies of this one. @throws SystemError EINVAL when nothing is mounted there. */
export function setPropagation(target: Bytes, propagation: keyof typeof propagations): void {
  succeed('mount', target, libc.mount(null, cString(target), null, propagations[propagation], null));
}

/** chroot(2): `/` of this process is a directory of the old root, which stays where it is. @throws SystemError EPERM */
export function enterRoot(root: Bytes): void {
  succeed('chroot', root, libc.chroot(cString(root)));
  process.chdir('/');
}

/** pivot_root(2): the mount becomes `/` of this mount namespace, and the old root is gone from it. */
export function pivotInto(root: Bytes): void {
  process.chdir(root);
  succeed('pivot_root', root, libc.pivot_root(cString('.'), cString('.')));
  succeed('umount2', root, libc.umount2(cString('.'), MNT_DETACH)); // of the two mounts at `.` the old root is above
  process.chdir('/');
}
