import { type Bytes, join } from '../bytes.js';
import { SystemError } from '../system/errno.js';
import type { Entry } from './entry.js';
import { type CopyUpRule, copyUpPolicies } from './policies/copy-up.js';
import { creationPolicyOf } from './policies/creation.js';
import { Whiteouts } from './whiteouts.js';

/** Chooses the branch that a change is made in. */
export abstract class Placement extends Whiteouts {
  /** Undefined for `tdp`, which is where a copy would go. */
  readonly #creation = creationPolicyOf(this.options);
  readonly #copyUp = copyUpPolicies[this.options.copyUp ?? 'tdp'];

  protected writable(): readonly number[] {
    return this.branches.flatMap((_, branch) => (this.isWritable(branch) ? [branch] : []));
  }

  /** Whether a branch is the only one that can be written to: what is in it is never copied to another. */
  isOnlyWritable(branch: number): boolean {
    return this.branches.every((_, other) => this.isWritable(other) === (other === branch));
  }

  /** A union without a writable branch, or mounted read-only, refuses everything that changes something. */
  get readOnly(): boolean {
    return this.options.readOnly === true || !this.branches.some((_, branch) => this.isWritable(branch));
  }

  /**
   * The branch for a copy, or a whiteout, that must not be lower than `limit`.
   * @throws SystemError EROFS: nothing is written below a read-only branch that has the name.
   */
  protected branchForCopy(directory: Entry, limit: number): number {
    return this.#branchBy(this.#copyUp, directory, limit);
  }

  #branchBy(policy: CopyUpRule, directory: Entry, limit: number): number {
    const isWritable = (branch: number) => this.isWritable(branch);
    const branch = policy({ limit, parents: directory.parts, isWritable });
    if (branch === undefined) throw new SystemError('EROFS', 'write', directory.path);
    return branch;
  }

  /** For a new name: as the policy says, unless it would be hidden there. */
  protected branchForCreation(directory: Entry, name: Bytes, isDirectory: boolean): number {
    const chosen = this.#creation?.({
      isDirectory,
      branches: this.branches.length,
      writable: this.writable(),
      parents: directory.parts,
      free: (branch) => this.freeSpace(branch),
    });
    if (chosen !== undefined && chosen <= this.lowestShown(directory, name)) return chosen;
    return this.#branchBy(copyUpPolicies.tdp, directory, directory.parts[0] ?? 0);
  }

  /** Bytes. */
  protected freeSpace(branch: number): number {
    const { blocksFree, blockSize } = this.files(branch).statfs('' as Bytes);
    return blocksFree * blockSize;
  }

  /** For a change to an entry, or its removal: where it is, if that can be written to. */
  protected branchForChange(directory: Entry, entry: Entry): number {
    return this.isWritable(entry.branch) ? entry.branch : this.branchForCopy(directory, entry.branch);
  }

  /** For an inode that gets the name `name`: where it is, unless it would be hidden there. */
  protected branchForArrival(directory: Entry, name: Bytes, source: number): number {
    const limit = Math.min(source, this.lowestVisible(directory, name));
    return limit === source && this.isWritable(source) ? source : this.branchForCopy(directory, limit);
  }

  /** The lowest branch in which something of that name would be visible. */
  protected lowestVisible(directory: Entry, name: Bytes): number {
    const path = join(directory.path, name);
    const deciding = directory.parts.find(
      (part) => this.files(part).lookup(path) !== undefined || this.isWhitedOut(part, path),
    );
    return deciding ?? directory.parts.at(-1) ?? 0;
  }

  /** The lowest branch in which a new name would show, with its directory if that has to be made there. */
  protected lowestShown(directory: Entry, name: Bytes): number {
    let lowest = this.branches.length - 1;
    let path = '' as Bytes;
    for (const part of directory.path === '' ? [] : directory.path.split('/')) {
      lowest = this.#lowestMerged(path, lowest);
      path = join(path, part as Bytes);
    }
    lowest = this.#lowestMerged(path, lowest);
    return this.#firstOf(lowest, (branch) => this.isWhitedOut(branch, join(path, name))) ?? lowest;
  }

  /** The lowest branch, down to `limit`, that takes part in a directory or could. */
  #lowestMerged(path: Bytes, limit: number): number {
    const covering = this.#firstOf(limit, (branch) => {
      const kind = this.files(branch).lookup(path)?.kind;
      return kind !== undefined && kind !== 'directory';
    });
    const lowest = covering === undefined ? limit : covering - 1;
    return this.#firstOf(lowest, (branch) => this.hidesBelow(branch, path)) ?? lowest;
  }

  #firstOf(limit: number, holds: (branch: number) => boolean): number | undefined {
    for (let branch = 0; branch <= limit; branch++) if (holds(branch)) return branch;
    return undefined;
  }
}
