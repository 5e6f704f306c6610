import { type Bytes, join } from '../bytes.js';
import { SystemError } from '../system/errno.js';
import type { Entry } from './entry.js';
import { Whiteouts } from './whiteouts.js';

/** Chooses the branch that a change is made in. */
export abstract class Placement extends Whiteouts {
  /** A union without a writable branch refuses everything that changes something. */
  get readOnly(): boolean {
    return !this.branches.some((_, branch) => this.isWritable(branch));
  }

  /**
   * The branch for an entry that must not be lower than `limit`: the topmost writable one that
   * has the directory already, else the nearest writable one above (aufs(5), create and
   * copy-up policy `tdp`).
   * @throws SystemError EROFS: nothing is written below a read-only branch that has the name.
   */
  protected branchFor(directory: Entry, limit: number): number {
    for (const part of directory.parts) if (part <= limit && this.isWritable(part)) return part;
    for (let branch = limit; branch >= 0; branch--) if (this.isWritable(branch)) return branch;
    throw new SystemError('EROFS', 'write', directory.path);
  }

  /** For a new name. */
  protected branchForCreation(directory: Entry): number {
    return this.branchFor(directory, directory.parts[0] ?? 0);
  }

  /** For a change to an entry, or its removal: where it is, if that can be written to. */
  protected branchForChange(directory: Entry, entry: Entry): number {
    return this.isWritable(entry.branch) ? entry.branch : this.branchFor(directory, entry.branch);
  }

  /** For an inode that gets the name `name`: where it is, unless it would be hidden there. */
  protected branchForArrival(directory: Entry, name: Bytes, source: number): number {
    const limit = Math.min(source, this.lowestVisible(directory, name));
    return limit === source && this.isWritable(source) ? source : this.branchFor(directory, limit);
  }

  /** The lowest branch in which something of that name would be visible. */
  protected lowestVisible(directory: Entry, name: Bytes): number {
    const path = join(directory.path, name);
    const deciding = directory.parts.find(
      (part) => this.files(part).lookup(path) !== undefined || this.isWhitedOut(part, path),
    );
    return deciding ?? directory.parts.at(-1) ?? 0;
  }
}
