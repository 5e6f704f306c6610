import { type Bytes, join, nameOf, parentOf } from '../bytes.js';
import type { DirectoryEntry, Kind, OpenFlag, Stat } from '../files.js';
import { SystemError } from '../system/errno.js';
import { ORPHANS } from './bookkeeping.js';
import { type Entry, isDirectory, type Place } from './entry.js';
import { accessOf, type OpenFileOwner, UnionFile } from './open-file.js';
import { PseudoLinks } from './pseudo-links.js';

/** Opens entries, and copies up what is written to through an open file. */
export abstract class Opening extends PseudoLinks implements OpenFileOwner {
  /**
   * open(2) of what exists. Opening for writing copies nothing up, as in aufs: the first write
   * does; O_TRUNC does at once, without the content. A file that stays where it is may be opened
   * there when it is first looked into.
   * @throws SystemError EROFS when a write could never be done.
   */
  open(entry: Entry, flags: readonly OpenFlag[], when: 'now' | 'when needed' = 'now'): UnionFile {
    const { path, ino, kind } = entry;
    let { home } = entry;
    if (kind === 'file' && !flags.includes('O_PATH')) {
      if (flags.includes('O_TRUNC')) home = this.writableCopy(entry, 0);
      else if (accessOf(flags).write) home = this.homeForWriting(entry);
    }
    const isLater = when === 'when needed' && this.staysThere(kind, home) && this.isReadable(home, flags);
    return this.opened(new UnionFile(this, { ino, kind, path, home }, flags, isLater ? 'later' : undefined));
  }

  /** Whether what is there can be opened there at any time: nobody changes a file of a read-only branch. */
  protected staysThere(kind: Kind, { branch }: Place): boolean {
    return kind === 'file' && this.version !== undefined && !this.isWritable(branch);
  }

  /** Who writes must be told at once when there can be no copy; who reads later has done so before. */
  protected isReadable({ branch, path }: Place, flags: readonly OpenFlag[]): boolean {
    const R_OK = 4;
    return !accessOf(flags).write || succeeds(() => this.files(branch).access(path, R_OK));
  }

  /** A name of a file that was copied up under another one becomes a link of the copy. */
  protected homeForWriting(entry: Entry): Entry['home'] {
    if (this.isWritable(entry.home.branch)) return this.writableCopy(entry);
    // Under a writable highest branch there is always a place.
    if (!this.isWritable(0)) this.branchForChange(this.directoryOf(entry.path), entry);
    return entry.home;
  }

  /** open(2) with O_TMPFILE: a file without a name, in the branch a new name would be made in. */
  openUnnamed(directory: Entry, flags: readonly OpenFlag[], mode: number): UnionFile {
    const branch = this.branchForCreation(directory, '' as Bytes, false);
    const file = this.files(branch).open(ORPHANS, flags, mode);
    const ino = this.inodes.of(branch, file.stat().ino);
    const home = { branch, path: ORPHANS };
    return this.opened(new UnionFile(this, { ino, kind: 'file', path: undefined, home }, flags, file));
  }

  /** open(2) of what is open already, and may have no name any more. */
  reopen(file: UnionFile, flags: readonly OpenFlag[]): UnionFile {
    return this.opened(file.reopen(flags));
  }

  bringUp(file: UnionFile, bytes?: number): void {
    if (this.isWritable(file.home.branch)) return;
    const { path } = file;
    const directory = path === undefined ? undefined : this.directoryAt(parentOf(path));
    const entry = path && directory && isDirectory(directory) && this.lookup(directory, nameOf(path));
    if (entry && entry.ino === file.ino) this.writableCopy(entry, bytes, directory);
    else this.bringUpNameless(file, bytes);
  }

  /** What is deleted but open changes in a place of its own: the lower branch stays as it is. */
  protected bringUpNameless(file: UnionFile, bytes?: number): void {
    const branch = this.branches.findIndex((_, index) => this.isWritable(index));
    if (branch < 0) throw new SystemError('EROFS', 'write');
    const stat = this.files(file.home.branch).lookup(file.home.path);
    if (stat === undefined || this.inodes.of(file.home.branch, stat.ino) !== file.ino) {
      // It lost its name while its branch could be written to: there is nothing left to copy.
      throw new SystemError('EROFS', 'write', file.home.path);
    }
    const home = this.copyNameless(branch, file.ino, file.home, stat, bytes);
    this.followInode(file.ino, home);
    if (isOrphan(home.path)) {
      this.inodes.forget(branch, this.files(branch).lookup(home.path)?.ino ?? '');
      this.files(branch).unlink(home.path);
    }
  }

  /** The directory as it is now. @throws SystemError ENOENT when it has been removed */
  listOpen(file: UnionFile): DirectoryEntry[] {
    const directory = file.path === undefined ? undefined : this.resolve(file.path);
    if (directory?.ino !== file.ino) throw new SystemError('ENOENT', 'getdents', file.path);
    return this.list(directory);
  }

  statOfFile(file: UnionFile, stat: Stat): Stat {
    return this.unionStat(stat, file.home, file.ino, 0);
  }
}

function succeeds(operation: () => void): boolean {
  try {
    operation();
    return true;
  } catch (failure) {
    if (failure instanceof SystemError) return false;
    throw failure;
  }
}

function isOrphan(path: Bytes): boolean {
  return path.startsWith(join(ORPHANS, '' as Bytes));
}
