import type { BranchMode, MountOptions } from '../backend.js';
import type { Files } from '../files.js';

/** A branch as the engine sees it. */
export interface UnionBranch {
  readonly files: Files;
  readonly mode: BranchMode;
}

/** What the engine itself goes by; the rest of a mount's options is the business of its door. */
export type EngineOptions = Pick<MountOptions, 'creation' | 'copyUp' | 'directAccess' | 'readOnly'>;

/** The branch of an index that the engine itself has made. */
export function branchAt(branches: readonly UnionBranch[], index: number): UnionBranch {
  const branch = branches[index];
  if (branch === undefined) throw new RangeError(`there is no branch ${index}`);
  return branch;
}

/** The mode of a branch that is mounted without one (aufs(5), and measured with `-o ro`). */
export function defaultMode(index: number, { readOnly }: MountOptions): BranchMode {
  return index === 0 && readOnly !== true ? 'rw' : 'ro';
}
