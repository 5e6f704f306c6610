/** Removes the groups of runs: of one that ends, and of those that could not remove them themselves. */
import { SystemError } from '../system/errno.js';
import { kernelDirectories } from '../system/kernel-files.js';
import { listMounts } from '../system/mount.js';
import { mountedHierarchies, pathDown } from './hierarchies.js';
import { removeGroups } from './removal.js';
import { isDead, ownerOf } from './run-name.js';

/** Removes what a run has made, with all that is in it. @throws SystemError EBUSY */
export function removeRunGroups(name: string): void {
  removeGroups(runGroups((found) => found === name));
}

/** Removes what runs have left whose owner is dead, of this PID namespace; nothing else. */
export function sweepRunGroups(): void {
  const left = runGroups((found) => {
    const owner = ownerOf(found);
    return owner !== undefined && isDead(owner);
  });
  for (const group of left) {
    try {
      removeGroups([group]);
    } catch (failure) {
      if (!(failure instanceof SystemError)) throw failure; // another user's, or just being removed
    }
  }
}

/**
 * A run makes its groups somewhere between the root of a hierarchy and the group it was in; an
 * engine that it starts makes them below the root of every hierarchy there is.
 */
function runGroups(isWanted: (name: string) => boolean): string[] {
  const places = new Set<string>([...mountedHierarchies().flatMap(pathDown), ...everyRoot()]);
  return [...places].flatMap((place) =>
    directoriesIn(place)
      .filter(isWanted)
      .map((name) => `${place}/${name}`),
  );
}

/** Also of hierarchies that limit nothing, or that are none of ours: `name=systemd`, `devices`. */
function everyRoot(): string[] {
  return listMounts()
    .filter(({ type }) => type === 'cgroup' || type === 'cgroup2')
    .map(({ mountPoint }) => mountPoint);
}

function directoriesIn(place: string): string[] {
  try {
    return kernelDirectories(place);
  } catch (failure) {
    if (failure instanceof SystemError) return []; // it is not shown here, or not to this user
    throw failure;
  }
}
