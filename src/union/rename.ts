import { type Bytes, join, nameOf } from '../bytes.js';
import type { RenameMode } from '../files.js';
import { OPAQUE_MARKER } from '../formats/dot-wh.js';
import { SystemError } from '../system/errno.js';
import { emptyDirectory } from '../tree/remove-tree.js';
import { isReserved } from './bookkeeping.js';
import { type Entry, isDirectory } from './entry.js';
import { Removal } from './removal.js';

/** Where something is renamed to: `entry` is what is there. */
export interface Target {
  readonly directory: Entry;
  readonly name: Bytes;
  readonly entry: Entry | undefined;
}

/**
 * renameat2(2). Both names end in one branch, where a single rename(2) makes the change visible;
 * whiteouts of the old name are made before it, those of the new name are removed after it.
 */
export abstract class Rename extends Removal {
  /**
   * The caller has looked that neither is an ancestor of the other.
   * @throws SystemError EXDEV for a directory that has entries in another branch than the one it
   * would be renamed in (as aufs: mv(1) then copies it); EINVAL for RENAME_WHITEOUT.
   */
  rename(directory: Entry, entry: Entry, to: Target, mode: RenameMode): void {
    if (mode === 'whiteout') throw new SystemError('EINVAL', 'rename', entry.path);
    if (mode === 'exchange') this.exchange(directory, entry, to);
    else this.replace(directory, entry, to, mode);
    if (isDirectory(entry) || (to.entry !== undefined && isDirectory(to.entry))) this.directoriesChanged();
  }

  protected replace(directory: Entry, entry: Entry, to: Target, mode: RenameMode): void {
    const { entry: old } = to;
    if (old !== undefined) {
      if (mode === 'no-replace') throw new SystemError('EEXIST', 'rename', old.path);
      if (this.isSameFile(entry, old)) return;
      this.checkReplacement(entry, old);
    }
    const branch = this.branchForArrival(to.directory, to.name, entry.home.branch);
    this.checkDirectory(branch, entry);
    const from = this.placeIn(branch, directory, entry);
    this.bringDirectory(branch, to.directory);
    const path = join(to.directory.path, to.name);
    this.coverName(branch, directory, entry.path);
    if (isDirectory(entry)) this.hideOldEntries(from, to.directory, to.name);
    this.renameInBranch(branch, entry.path, path);
    this.removeWhiteout(branch, path);
    if (isDirectory(entry) && entry.parts.length > 1) this.removeInnerWhiteouts(branch, path);
    if (old !== undefined) this.replaced(branch, old);
    this.inodes.move(entry.path, path, isDirectory(entry));
    this.followNames(new Map([[entry.path, path]]));
  }

  protected exchange(directory: Entry, entry: Entry, to: Target): void {
    const { entry: other } = to;
    if (other === undefined) throw new SystemError('ENOENT', 'rename', to.name);
    if (this.isSameFile(entry, other)) return;
    const limit = Math.min(entry.home.branch, other.home.branch, entry.branch, other.branch);
    const branch = this.isWritable(limit) ? limit : this.branchForCopy(to.directory, limit);
    this.checkDirectory(branch, entry);
    this.checkDirectory(branch, other);
    const from = this.placeIn(branch, directory, entry);
    const target = this.placeIn(branch, to.directory, other);
    if (isDirectory(entry)) this.hideOldEntries(from, to.directory, to.name);
    if (isDirectory(other)) this.hideOldEntries(target, directory, nameOf(entry.path));
    this.files(branch).rename(from.path, target.path, 'exchange');
    this.inodes.swap(entry.path, other.path);
    this.followNames(
      new Map([
        [entry.path, other.path],
        [other.path, entry.path],
      ]),
    );
  }

  /** rename(2): two names of one file stay as they are. */
  protected isSameFile(entry: Entry, other: Entry): boolean {
    return entry.ino === other.ino;
  }

  protected checkReplacement(entry: Entry, old: Entry): void {
    if (isDirectory(entry)) {
      if (!isDirectory(old)) throw new SystemError('ENOTDIR', 'rename', old.path);
      if (!this.isEmpty(old)) throw new SystemError('ENOTEMPTY', 'rename', old.path);
    } else if (isDirectory(old)) throw new SystemError('EISDIR', 'rename', old.path);
  }

  /** A directory moves with what its own branch has in it: so there must be nothing elsewhere. */
  protected checkDirectory(branch: number, entry: Entry): void {
    if (!isDirectory(entry) || entry.parts.every((part) => part === branch)) return;
    for (const { name } of this.list(entry)) {
      const child = this.lookup(entry, name);
      if (child?.parts.some((part) => part !== branch)) {
        throw new SystemError('EXDEV', 'rename', entry.path);
      }
    }
  }

  /**
   * A directory that shows nothing can still hold whiteouts, and is not empty for rename(2). What
   * they hide is hidden by a whiteout of its own name first; that one goes when all is done.
   */
  protected renameInBranch(branch: number, from: Bytes, to: Bytes): void {
    const files = this.files(branch);
    try {
      files.rename(from, to, 'replace');
    } catch (failure) {
      if (!(failure instanceof SystemError && failure.errno === 'ENOTEMPTY')) throw failure;
      this.whiteOut(branch, to);
      emptyDirectory(files, to);
      files.rename(from, to, 'replace');
    }
  }

  /** They hid names of lower branches that have no part in the directory any more. */
  protected removeInnerWhiteouts(branch: number, directory: Bytes): void {
    const files = this.files(branch);
    for (const { name } of files.list(directory)) {
      if (isReserved(name) && name !== OPAQUE_MARKER) files.unlink(join(directory, name));
    }
  }

  /** What was at the new name is hidden, or gone. */
  protected replaced(branch: number, old: Entry): void {
    if (old.branch === branch) this.nameRemoved(old);
    else this.nameHidden(old);
    this.detach(old.ino, old.path);
  }
}
