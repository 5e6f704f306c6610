/** Where an entry of a read-only branch is copied up to: `cpup=` of aufs(5). */
import type { CopyUpPolicy } from '../../backend.js';

/** What there is to choose from, by index, 0 for the highest branch. */
export interface CopyUpChoice {
  /** The lowest branch that will do. */
  readonly limit: number;
  /** The branches that have the directory, highest first. */
  readonly parents: readonly number[];
  isWritable(branch: number): boolean;
}

/** Undefined when no branch will do. */
export type CopyUpRule = (choice: CopyUpChoice) => number | undefined;

export const copyUpPolicies: Readonly<Record<CopyUpPolicy, CopyUpRule>> = {
  /** The highest that has the directory. */
  tdp: (choice) => parentsOf(choice)[0] ?? nearest(choice, choice.limit),
  /** The nearest that has the directory, else the nearest above all that have it. */
  bup: (choice) =>
    parentsOf(choice).at(-1) ?? nearest(choice, Math.min(choice.limit, choice.parents[0] ?? 0)),
  /** The nearest. */
  bu: (choice) => nearest(choice, choice.limit),
};

function parentsOf({ parents, limit, isWritable }: CopyUpChoice): readonly number[] {
  return parents.filter((branch) => branch <= limit && isWritable(branch));
}

function nearest({ isWritable }: CopyUpChoice, limit: number): number | undefined {
  for (let branch = limit; branch >= 0; branch--) if (isWritable(branch)) return branch;
  return undefined;
}
