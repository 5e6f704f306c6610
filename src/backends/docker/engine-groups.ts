import { readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { listMounts } from '../../system/mount.js';

/**
 * rmdir(2) of a control group in every hierarchy that is mounted, with those below it. An engine makes its groups
 * in all of them, and they outlive it; one that still has a process stays.
 */
export function removeGroups(name: string): void {
  for (const { mountPoint, type } of listMounts()) {
    if (type === 'cgroup' || type === 'cgroup2') removeBelow(join(mountPoint, name));
  }
}

function removeBelow(group: string): void {
  try {
    const inner = readdirSync(group, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    for (const { name } of inner) removeBelow(join(group, name));
    rmdirSync(group);
  } catch {
    // it is not there, or still in use
  }
}
