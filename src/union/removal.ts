import { SystemError } from '../system/errno.js';
import { Creation } from './creation.js';
import { type Entry, isDirectory } from './entry.js';

/** Takes names away. */
export abstract class Removal extends Creation {
  /** unlink(2) of anything but a directory. */
  unlink(directory: Entry, entry: Entry): void {
    if (isDirectory(entry)) throw new SystemError('EISDIR', 'unlink', entry.path);
    this.remove(directory, entry);
    this.detach(entry.ino, entry.path);
  }

  /** rmdir(2): what counts is what the union shows in it. */
  removeDirectory(directory: Entry, entry: Entry): void {
    if (!isDirectory(entry)) throw new SystemError('ENOTDIR', 'rmdir', entry.path);
    if (!this.isEmpty(entry)) throw new SystemError('ENOTEMPTY', 'rmdir', entry.path);
    this.remove(directory, entry);
    this.directoryGone(entry.path);
    this.directoriesCounted();
    this.detach(entry.ino, entry.path);
  }

  /**
   * In a branch that can be written to the entry really goes, and a whiteout is left only when a
   * lower branch has the name; else a whiteout above hides it. The whiteout comes first.
   */
  protected remove(directory: Entry, entry: Entry): void {
    const branch = this.branchForChange(directory, entry);
    if (entry.branch !== branch) {
      this.bringDirectory(branch, directory);
      this.whiteOut(branch, entry.path);
      this.nameHidden(entry);
      return;
    }
    this.coverName(branch, directory, entry.path);
    if (isDirectory(entry)) this.dispose(branch, entry.path);
    else this.files(branch).unlink(entry.path);
    this.nameRemoved(entry);
  }

  /** A name is gone from a writable branch, and with the last one its inode. */
  protected nameRemoved(entry: Entry): void {
    const { stat, home, branch } = entry;
    if (home.branch !== branch) this.nameHidden(entry);
    else if (isDirectory(entry) || stat.nlink === 1) this.inodes.forget(branch, stat.ino);
  }
}
