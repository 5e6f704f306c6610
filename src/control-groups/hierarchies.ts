/** Which hierarchies of control groups a host has mounted, and where a process is in each (cgroups(7)). */
import { readFileSync } from 'node:fs';
import type { Bytes } from '../bytes.js';
import { listMounts, type Mount } from '../system/mount.js';
import type { Version } from './control-group.js';

export interface Hierarchy {
  readonly version: Version;
  readonly mountPoint: string;
  /** The kernel's names, as of version 1 (`blkio`, `cpuacct`); those of version 2 are in its `cgroup.controllers`. */
  readonly controllers: readonly string[];
  /** The group of the process that asks, as a path below the mount point: empty for its root. */
  readonly own: string;
}

/** Those that this process sees. */
export function mountedHierarchies(): Hierarchy[] {
  return hierarchiesOf(listMounts(), readFileSync('/proc/self/cgroup', 'utf8'));
}

/** The groups from the root of a hierarchy down to our own: a user may have been given a part of it. */
export function pathDown({ mountPoint, own }: Pick<Hierarchy, 'mountPoint' | 'own'>): string[] {
  const names = own.split('/').filter(Boolean);
  return [mountPoint, ...names.map((_, index) => `${mountPoint}/${names.slice(0, index + 1).join('/')}`)];
}

type CgroupMount = Pick<Mount, 'mountPoint' | 'type' | 'root' | 'options'>;

/**
 * @param mounts of `/proc/self/mountinfo`; @param memberships `/proc/self/cgroup`.
 * A hierarchy that is mounted twice counts where it was mounted first.
 */
export function hierarchiesOf(mounts: readonly CgroupMount[], memberships: string): Hierarchy[] {
  const found = new Map<string, Hierarchy>();
  for (const { mountPoint, type, root, options } of mounts) {
    if (type !== 'cgroup' && type !== 'cgroup2') continue;
    const version = type === 'cgroup' ? 'v1' : 'v2';
    const controllers = version === 'v1' ? options.filter((option) => known.includes(option)) : [];
    // One without controllers only names groups (`name=systemd`).
    if (version === 'v1' && controllers.length === 0) continue;
    const key = controllers.join();
    if (found.has(key)) continue;
    const own = below(root, ownPath(memberships, controllers));
    found.set(key, { version, mountPoint, controllers, own });
  }
  return [...found.values()];
}

const known = ['cpu', 'cpuacct', 'cpuset', 'memory', 'pids', 'blkio', 'freezer'];

/** `ID:CONTROLLERS:PATH`, without controllers for version 2. */
function ownPath(memberships: string, controllers: readonly string[]): string {
  for (const line of memberships.split('\n')) {
    const [, names, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (names === undefined || path === undefined) continue;
    if (controllers.length === 0 ? names === '' : names.split(',').includes(controllers[0] ?? ''))
      return path;
  }
  return '/';
}

/** A group of the hierarchy as a path in a mount that shows it from `root` on; one that it does not show is its root. */
function below(root: Bytes, path: string): string {
  if (root === '/') return path === '/' ? '' : path;
  return path.startsWith(`${root}/`) ? path.slice(root.length) : '';
}
