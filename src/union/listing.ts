import { type Bytes, fromBuffer, join } from '../bytes.js';
import type { DirectoryEntry, Stat } from '../files.js';
import { hiddenBy } from '../formats/dot-wh.js';
import { isReserved } from './bookkeeping.js';
import { type Entry, isDirectory } from './entry.js';
import { Lookup } from './lookup.js';

/** How many counts are remembered at most. */
const COUNTS = 10_000;

/** What changes with the names of a directory; times alone may be coarser than two changes are apart. */
function stateOf(stat: Stat | undefined): string {
  if (stat === undefined) return '';
  const { ino, mtime, ctime, nlink, size } = stat;
  const times = `${mtime.seconds}.${mtime.nanoseconds} ${ctime.seconds}.${ctime.nanoseconds}`;
  return `${ino} ${times} ${nlink} ${size}`;
}

/** With the highest branch that has the name. */
export interface Listed extends DirectoryEntry {
  readonly branch?: number;
}

/** Lists merged directories: the names of the highest branch first, then what lower ones add. */
export abstract class Listing extends Lookup {
  /** By path of a merged directory: how many directories are in it, and the state that was counted in. */
  readonly #counts = new Map<Bytes, { readonly state: string; readonly count: number }>();
  #directoryChanges = 0;

  /** A directory has come or gone. */
  protected directoriesCounted(): void {
    this.#directoryChanges += 1;
  }

  list(directory: Entry): Listed[] {
    const shown: Listed[] = [];
    const decided = new Set<Bytes>();
    for (const branch of directory.parts) {
      const whiteouts: Bytes[] = [];
      for (const entry of this.files(branch).list(directory.path)) {
        if (isReserved(entry.name)) {
          const hidden = hiddenBy(entry.name, () => this.contentOf(branch, join(directory.path, entry.name)));
          if (hidden !== undefined && this.honoursWhiteouts(branch)) whiteouts.push(hidden);
        } else if (this.isFirst(entry.name, decided)) {
          shown.push({ name: entry.name, kind: entry.kind, ino: this.inodes.of(branch, entry.ino), branch });
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
    if (entry.isFlat) return { ...stat, nlink: 2 };
    return { ...stat, nlink: 2 + this.#subdirectories(entry) };
  }

  /** Listed again only when a name came or went in one of the parts, or, where nobody else can, a directory here. */
  #subdirectories(directory: Entry): number {
    const { path, parts } = directory;
    const state =
      this.version === undefined
        ? parts.map((part) => stateOf(this.files(part).lookup(path))).join()
        : `${this.generation} ${this.#directoryChanges}`;
    const known = this.#counts.get(path);
    if (known?.state === state) return known.count;
    const count = this.list(directory).filter(({ kind }) => kind === 'directory').length;
    if (this.#counts.size >= COUNTS) this.#counts.clear();
    this.#counts.set(path, { state, count });
    return count;
  }
}
