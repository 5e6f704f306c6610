import { type Bytes, bytes, join, parentOf } from '../bytes.js';
import type { Files, Stat } from '../files.js';
import { SystemError } from '../system/errno.js';
import { removeTree } from '../tree/remove-tree.js';
import { ignoring, ORPHANS } from './bookkeeping.js';
import { copyContent } from './copy-content.js';
import { type Entry, isDirectory, type Place } from './entry.js';
import { OpenFiles } from './open-files.js';

/** What an ordinary user cannot set, or a file system cannot hold, is left behind silently. */
const notCopied = new Set(['EOPNOTSUPP', 'ENOTSUP', 'EPERM', 'ENODATA', 'EINVAL']);

interface Copy {
  readonly path: Bytes;
  readonly ino: string;
}

/**
 * Copies entries into a writable branch before they change. A copy is built under a
 * bookkeeping name and renamed into place, so it is there as a whole or not at all; when
 * something fails (ENOSPC, EIO) the lower entry goes on as it was.
 */
export abstract class CopyUp extends OpenFiles {
  #copies = 0;

  /**
   * Where the inode of an entry can be changed, under the entry's own name.
   * `bytes`: how much of the content the change is going to leave. The copy has no more, so that
   * it is never seen with the rest missing in any other way. `parent`: its directory, when it
   * was just looked up.
   * @throws SystemError EROFS when no branch takes it.
   */
  protected writableCopy(entry: Entry, bytes = Number.POSITIVE_INFINITY, parent?: Entry): Place {
    if (this.isWritable(entry.branch)) return entry.home;
    const directory = parent ?? this.directoryOf(entry.path);
    return this.placeIn(this.branchForChange(directory, entry), directory, entry, bytes);
  }

  /** Makes the entry be in a branch at or above its own, under its own name. */
  protected placeIn(branch: number, directory: Entry, entry: Entry, bytes?: number): Place {
    if (entry.branch !== branch) {
      this.bringDirectory(branch, directory);
      // A directory may have been looked up long ago.
      const now = isDirectory(entry) ? (this.refreshed(entry) ?? entry) : entry;
      this.keepingTimes(branch, directory.path, () => this.copyUp(branch, now, bytes));
    }
    return { branch, path: entry.path };
  }

  /** Makes a directory of the union exist in a branch, with the attributes it has. */
  protected bringDirectory(branch: number, known: Entry): void {
    if (known.parts.includes(branch)) return;
    if (this.files(branch).lookup(known.path) !== undefined) return;
    const directory = this.refreshed(known) ?? known; // its mode and owner may be others since it was looked up
    const parent = this.directoryOf(directory.path);
    if (branch < directory.branch) this.placeIn(branch, parent, directory);
    else {
      // Not the entry but something to put a new one in: what is above stays the entry.
      this.bringDirectory(branch, parent);
      this.keepingTimes(branch, parent.path, () => this.copyDown(branch, directory));
    }
  }

  protected copyDown(branch: number, directory: Entry): void {
    const { path } = this.buildCopy(branch, directory.home, directory.stat);
    this.files(branch).rename(path, directory.path, 'replace');
    this.directoriesChanged();
  }

  protected directoryOf(path: Bytes): Entry {
    const directory = this.directoryAt(parentOf(path));
    if (directory === undefined) throw new SystemError('ENOENT', 'copy-up', path);
    return directory;
  }

  /** Copies one entry; the directory it goes to is there. */
  protected copyUp(branch: number, entry: Entry, bytes?: number): void {
    const copy = this.buildCopy(branch, entry.home, entry.stat, bytes);
    this.inodes.keep(branch, copy.ino, entry.ino, entry.path);
    this.putInPlace(branch, entry, copy.path);
    if (isDirectory(entry)) this.directoriesChanged();
    this.followInode(entry.ino, { branch, path: entry.path });
  }

  /** Atomic: the union shows the lower entry before and the copy after. */
  protected putInPlace(branch: number, entry: Entry, copy: Bytes): void {
    this.files(branch).rename(copy, entry.path, 'replace');
  }

  /** A complete copy of an inode, under a bookkeeping name of the branch. */
  protected buildCopy(branch: number, from: Place, stat: Stat, bytes = Number.POSITIVE_INFINITY): Copy {
    const files = this.files(branch);
    const path = this.temporaryName();
    try {
      this.makeCopy(files, path, from, stat, bytes);
      this.copyOwner(files, path, stat);
      this.copyAttributes(files, path, from);
      this.copyMode(files, path, stat);
      if (bytes < stat.size)
        files.setTimes(path, { atime: stat.atime }); // what is cut off has changed already
      else this.copyTimes(files, path, stat);
      return { path, ino: files.lookup(path)?.ino ?? '' };
    } catch (failure) {
      if (files.lookup(path) !== undefined) removeTree(files, path, stat.kind === 'directory');
      throw failure;
    }
  }

  protected temporaryName(): Bytes {
    this.#copies += 1;
    return join(ORPHANS, bytes(this.#copies.toString(36)));
  }

  protected makeCopy(to: Files, path: Bytes, from: Place, stat: Stat, bytes: number): void {
    if (stat.kind === 'directory') to.makeDirectory(path, 0o700);
    else if (stat.kind === 'symlink') to.makeSymlink(path, this.files(from.branch).readLink(from.path));
    else if (stat.kind !== 'file') to.makeNode(path, stat.kind, 0o600, stat.device);
    else this.copyFile(to, path, from, stat, bytes);
  }

  protected copyFile(to: Files, path: Bytes, from: Place, stat: Stat, bytes: number): void {
    const copy = to.open(path, ['O_WRONLY', 'O_CREAT', 'O_EXCL'], 0o600);
    try {
      const original = this.files(from.branch).open(from.path, ['O_RDONLY']);
      try {
        copyContent(original, stat, copy, bytes);
      } finally {
        original.close();
      }
    } finally {
      copy.close();
    }
  }

  protected copyOwner(to: Files, path: Bytes, stat: Stat): void {
    to.setOwner(path, stat.uid, stat.gid);
  }

  /** After the owner: a change of owner takes away security.capability and the set-user-ID bit. */
  protected copyAttributes(to: Files, path: Bytes, from: Place): void {
    const source = this.files(from.branch);
    for (const name of source.listAttributes(from.path)) {
      try {
        to.setAttribute(path, name, source.getAttribute(from.path, name), 'set');
      } catch (failure) {
        if (!(failure instanceof SystemError && notCopied.has(failure.errno))) throw failure;
      }
    }
  }

  protected copyMode(to: Files, path: Bytes, stat: Stat): void {
    if (stat.kind !== 'symlink') to.setMode(path, stat.mode);
  }

  protected copyTimes(to: Files, path: Bytes, { atime, mtime }: Stat): void {
    to.setTimes(path, { atime, mtime });
  }

  /** A copy-up is no change of the directory: its times stay. */
  protected keepingTimes(branch: number, directory: Bytes, operation: () => void): void {
    const before = this.files(branch).lookup(directory);
    operation();
    if (before !== undefined) {
      ignoring('EPERM', () => this.copyTimes(this.files(branch), directory, before));
    }
  }

  /** Takes a directory that shows nothing out of a branch, with the whiteouts in it. */
  protected dispose(branch: number, directory: Bytes): void {
    const files = this.files(branch);
    try {
      files.removeDirectory(directory);
    } catch (failure) {
      if (!(failure instanceof SystemError && failure.errno === 'ENOTEMPTY')) throw failure;
      const path = this.temporaryName();
      files.rename(directory, path, 'replace');
      removeTree(files, path, true);
    }
  }
}
