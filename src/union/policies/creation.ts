/** Where a new entry is made: `create=` of aufs(5). */
import type { CreationPolicy, MountOptions } from '../../backend.js';

/** What there is to choose from, by index, 0 for the highest branch. */
export interface CreationChoice {
  readonly isDirectory: boolean;
  /** How many there are. */
  readonly branches: number;
  /** Highest first. */
  readonly writable: readonly number[];
  /** The branches that have the directory, highest first. */
  readonly parents: readonly number[];
  /** Bytes. */
  free(branch: number): number;
}

/** Undefined when none will do. */
type CreationRule = (choice: CreationChoice) => number | undefined;

/** Each makes the memory that it needs for one union. */
const rules: Readonly<Record<Exclude<CreationPolicy, 'tdp'>, () => CreationRule>> = {
  rr: roundRobin,
  mfs:
    () =>
    ({ writable, free }) =>
      roomiest(writable, free),
  pmfs:
    () =>
    ({ writable, parents, free }) =>
      roomiest(
        parents.filter((branch) => writable.includes(branch)),
        free,
      ),
};

/** A rule for one union; undefined for `tdp`, which needs no choice (`copy-up.ts`). */
export function creationPolicyOf({ creation = 'tdp' }: MountOptions): CreationRule | undefined {
  return creation === 'tdp' ? undefined : rules[creation]();
}

/**
 * From branch to branch with each file. Measured in aufs with three writable branches: the highest
 * first, then from the lowest upwards, which is a counter that goes down from 2³² - 1, modulo the
 * number of branches; a directory goes where the next file will.
 */
function roundRobin(): CreationRule {
  let next = 0xffff_ffff;
  return ({ branches, writable, isDirectory }) => {
    for (let tries = 0; tries < branches; tries++) {
      const branch = next % branches;
      const isWritable = writable.includes(branch);
      if (!isDirectory || !isWritable) next -= 1;
      if (isWritable) return branch;
    }
    return undefined;
  };
}

/** The highest of those with the most free space. */
function roomiest(branches: readonly number[], free: CreationChoice['free']): number | undefined {
  let best: { readonly branch: number; readonly space: number } | undefined;
  for (const branch of branches) {
    const space = free(branch);
    if (best === undefined || space > best.space) best = { branch, space };
  }
  return best?.branch;
}
