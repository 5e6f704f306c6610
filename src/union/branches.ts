import type { BranchMode } from '../backend.js';
import type { Files } from '../files.js';

/** A branch as the engine sees it. */
export interface UnionBranch {
  readonly files: Files;
  readonly mode: BranchMode;
}

/** The branch of an index that the engine itself has made. */
export function branchAt(branches: readonly UnionBranch[], index: number): UnionBranch {
  const branch = branches[index];
  if (branch === undefined) throw new RangeError(`there is no branch ${index}`);
  return branch;
}
