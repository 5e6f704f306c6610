import { type Bytes, fromBuffer, join } from '../bytes.js';
import type { DirectoryEntry, Stat } from '../files.js';
import { hiddenBy } from '../formats/dot-wh.js';
import { isReserved } from './bookkeeping.js';
import { type Entry, isDirectory } from './entry.js';
import { Lookup } from './lookup.js';

/** Lists merged directories: the names of the highest branch first, then what lower ones add. */
export abstract class Listing extends Lookup {
  list(directory: Entry): DirectoryEntry[] {
    const shown: DirectoryEntry[] = [];
    const decided = new Set<Bytes>();
    for (const branch of directory.parts) {
      const whiteouts: Bytes[] = [];
      for (const entry of this.files(branch).list(directory.path)) {
        if (isReserved(entry.name)) {
          const hidden = hiddenBy(entry.name, () => this.contentOf(branch, join(directory.path, entry.name)));
          if (hidden !== undefined && this.honoursWhiteouts(branch)) whiteouts.push(hidden);
        } else if (this.isFirst(entry.name, decided)) {
          shown.push({ ...entry, ino: this.inodes.of(branch, entry.ino) });
        }
      }
      this.hideFromLower(whiteouts, decided);
    }
    return shown;
  }

  protected contentOf(branch: number, path: Bytes): Bytes {
    const marker = this.files(branch).open(path, ['O_RDONLY']);
    try {
      return fromBuffer(marker.read(0, 255));
    } finally {
      marker.close();
    }
  }

  /** A name that several branches have is listed once. */
  protected isFirst(name: Bytes, decided: Set<Bytes>): boolean {
    if (decided.has(name)) return false;
    decided.add(name);
    return true;
  }

  /** The whiteouts of a branch hide names of the branches below it. */
  protected hideFromLower(whiteouts: readonly Bytes[], decided: Set<Bytes>): void {
    for (const name of whiteouts) decided.add(name);
  }

  isEmpty(directory: Entry): boolean {
    return this.list(directory).length === 0;
  }

  /** The link count of a directory is 2 and one for each directory in it (inode(7)), where it is not as simple. */
  override statOf(entry: Entry): Stat {
    const stat = super.statOf(entry);
    if (!isDirectory(entry) || (entry.parts.length === 1 && entry.path !== '')) return stat;
    if (entry.isFlat === true) return { ...stat, nlink: 2 };
    return { ...stat, nlink: 2 + this.list(entry).filter(({ kind }) => kind === 'directory').length };
  }
}
