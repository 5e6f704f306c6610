/** Control groups of an engine: in each hierarchy there is, by the same path. */
import { readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { runGroupsOrFail } from '../../control-groups/kernel-groups.js';
import { listMounts } from '../../system/mount.js';

/** The group in which all groups of the run are, below the root of each hierarchy: who removes it takes ours along. */
export function groupOfRun(): string {
  return runGroupsOrFail().name;
}

/**
 * rmdir(2) of a control group in every hierarchy that is mounted, with those below it. An engine
 * makes its groups in all of them, and they outlive it.
 * @returns false when one is still there, because a process is in it.
 */
export function removeGroups(name: string): boolean {
  const hierarchies = listMounts().filter(({ type }) => type === 'cgroup' || type === 'cgroup2');
  return hierarchies.map(({ mountPoint }) => removeBelow(join(mountPoint, name))).every(Boolean);
}

function removeBelow(group: string): boolean {
  try {
    const inner = readdirSync(group, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    for (const { name } of inner) removeBelow(join(group, name));
    rmdirSync(group);
    return true;
  } catch (failure) {
    return (failure as NodeJS.ErrnoException).code === 'ENOENT';
  }
}
