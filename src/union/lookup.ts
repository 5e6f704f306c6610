import { type Bytes, join, nameOf, parentOf } from '../bytes.js';
import type { Stat } from '../files.js';
import { OPAQUE_MARKER, whiteoutOf } from '../formats/dot-wh.js';
import { SystemError } from '../system/errno.js';
import { branchAt, type EngineOptions, type UnionBranch } from './branches.js';
import { type Entry, KnownFile, type Place } from './entry.js';
import { InodeNumbers } from './inode-numbers.js';

let unions = 0;

/** How many directories are remembered at most. */
const DIRECTORIES = 10_000;

/**
 * What a name of a directory means: the topmost branch wins, directories merge, whiteouts and
 * opaque directories end the search.
 *
 * An entry wins over a whiteout of its own branch, which then hides only what is below, like
 * an opaque marker. So a change of two steps can put the whiteout first, or take it away
 * last, and shows nothing wrong when it ends between them.
 */
export abstract class Lookup {
  /** Highest first. */
  protected branches: readonly UnionBranch[];
  protected readonly options: EngineOptions;
  protected readonly inodes = new InodeNumbers();
  /** `st_dev` of every entry: like an anonymous device, one for each union. */
  protected readonly device: string = `0:${++unions}`;
  #rootParts: readonly number[] | undefined;
  #generation = 0;
  readonly #directories = new Map<Bytes, { readonly entry: Entry; readonly generation: number }>();

  readonly #look = ({ path, branch }: KnownFile): Stat => {
    const stat = this.files(branch).lookup(path);
    if (stat === undefined) throw new SystemError('ESTALE', 'lookup', path);
    return stat;
  };

  constructor(branches: readonly UnionBranch[], options: EngineOptions = {}) {
    this.branches = branches;
    this.options = options;
  }

  /** Entries that were looked up before are void: their branches may have other indices now. */
  protected useBranches(branches: readonly UnionBranch[]): void {
    this.branches = branches;
    this.forgetDirectories();
  }

  /**
   * A directory that was looked up may be kept for as long as this number stays: it changes when a
   * directory gets another path, or its entries come to lie in other branches than before.
   */
  get generation(): number {
    return this.#generation;
  }

  /** Somebody else has changed directories of the branches. */
  forgetDirectories(): void {
    this.#rootParts = undefined;
    this.directoriesChanged();
  }

  protected directoriesChanged(): void {
    this.#generation += 1;
  }

  /**
   * As long as this and the generation stay, every name leads to the same inode in the same place.
   * Undefined where others may change the branches.
   */
  get version(): number | undefined {
    let version = 0;
    for (const { files } of this.branches) {
      if (files.changes === undefined) return undefined;
      version += files.changes;
    }
    return version;
  }

  protected files(branch: number): UnionBranch['files'] {
    return branchAt(this.branches, branch).files;
  }

  isWritable(branch: number): boolean {
    return branchAt(this.branches, branch).mode === 'rw';
  }

  /** Whether the whiteouts of a branch count: measured in aufs, those of plain `ro` and `rr` do not. */
  protected honoursWhiteouts(branch: number): boolean {
    const { mode } = branchAt(this.branches, branch);
    return mode === 'rw' || mode.endsWith('+wh');
  }

  root(): Entry {
    const path = '' as Bytes;
    if (this.#rootParts === undefined) {
      const opaque = this.branches.findIndex((_, branch) => this.isOpaque(branch, path));
      const count = opaque < 0 ? this.branches.length : opaque + 1;
      this.#rootParts = this.branches.slice(0, count).map((_, branch) => branch);
    }
    const stat = this.files(0).lookup(path);
    if (stat === undefined) throw new SystemError('ESTALE', 'lookup');
    return this.entry(path, 0, this.#rootParts, stat);
  }

  /** The entry of a name, undefined when there is none or it is hidden. */
  lookup(directory: Entry, name: Bytes): Entry | undefined {
    return this.search(join(directory.path, name), directory.parts);
  }

  /** The same, of a name that no branch above this one has or hides. */
  lookupFrom(branch: number, { path, parts }: Entry, name: Bytes): Entry | undefined {
    return this.search(join(path, name), parts.slice(parts.indexOf(branch)));
  }

  /** What is known of an entry, with its inode as it is now; undefined when that is gone. */
  refreshed(entry: Entry): Entry | undefined {
    const { path, branch, parts, home, kind, ino } = entry; // all but its stat, which may not be known
    const stat = this.files(home.branch).lookup(home.path);
    if (stat === undefined) return undefined;
    const othersStay = () => parts.every((part) => part === home.branch || !this.isWritable(part));
    const isFlat = entry.isFlat && stat.nlink === 2 && othersStay();
    return { path, branch, parts, home, kind, stat, ino, isFlat };
  }

  /** The entry of a path without symbolic links. */
  protected resolve(path: Bytes): Entry | undefined {
    if (path === '') return this.root();
    const directory = this.directoryAt(parentOf(path));
    return directory?.stat.kind === 'directory' ? this.lookup(directory, nameOf(path)) : undefined;
  }

  /** Remembered where nobody else changes the branches (`udba=none`). */
  protected directoryAt(path: Bytes): Entry | undefined {
    const known = this.#directories.get(path);
    if (known?.generation === this.#generation) return known.entry;
    const entry = this.resolve(path);
    if (this.options.directAccess !== 'none' || entry?.stat.kind !== 'directory') return entry;
    if (this.#directories.size >= DIRECTORIES) this.#directories.clear();
    this.#directories.set(path, { entry, generation: this.#generation });
    return entry;
  }

  protected directoryGone(path: Bytes): void {
    this.#directories.delete(path);
  }

  /** What a path means when only these branches, highest first, are looked at. */
  protected search(path: Bytes, candidates: readonly number[]): Entry | undefined {
    const parts: number[] = [];
    let top: Stat | undefined;
    let isFlat = true;
    const last = candidates.at(-1);
    for (const branch of candidates) {
      const isLast = branch === last;
      const stat = this.files(branch).lookup(path);
      if (stat === undefined) {
        if (!isLast && this.isWhitedOut(branch, path)) break;
        continue;
      }
      if (top === undefined) {
        if (stat.kind !== 'directory') return this.entry(path, branch, [branch], stat);
        top = stat;
      } else if (!this.mergesWithDirectory(stat)) break;
      parts.push(branch);
      isFlat &&= stat.nlink === 2;
      if (!isLast && this.hidesBelow(branch, path)) break;
    }
    if (top === undefined) return undefined;
    const entry = this.entry(path, parts[0] ?? 0, parts, top);
    return isFlat ? { ...entry, isFlat } : entry;
  }

  /** A file between two directories of a name hides the lower one (aufs, differently, skips the file). */
  protected mergesWithDirectory(lower: Stat): boolean {
    return lower.kind === 'directory';
  }

  protected isWhitedOut(branch: number, path: Bytes): boolean {
    return this.honoursWhiteouts(branch) && this.files(branch).lookup(whiteoutOf(path)) !== undefined;
  }

  protected isOpaque(branch: number, path: Bytes): boolean {
    return (
      this.honoursWhiteouts(branch) && this.files(branch).lookup(join(path, OPAQUE_MARKER)) !== undefined
    );
  }

  /** Whether a directory of a branch ends the merge. */
  protected hidesBelow(branch: number, path: Bytes): boolean {
    return this.isOpaque(branch, path) || this.isWhitedOut(branch, path);
  }

  protected entry(path: Bytes, branch: number, parts: readonly number[], stat: Stat): Entry {
    const ino = this.inodes.of(branch, stat.ino);
    return { path, branch, parts, home: { branch, path }, kind: stat.kind, stat, ino, isFlat: false };
  }

  /** The entry of a file that is known to be there; the branch is asked for its inode only when somebody needs it. */
  fileAt(path: Bytes, branch: number, ino: string): Entry {
    return new KnownFile(path, branch, ino, this.#look);
  }

  /** stat(2) of an entry. */
  statOf(entry: Entry): Stat {
    return this.unionStat(entry.stat, entry.home, entry.ino, 1);
  }

  /** What a branch says of an inode, as the union says it; `names` is how many it has at least. */
  protected unionStat(stat: Stat, home: Place, ino: string, names: number): Stat {
    return { ...stat, ino, dev: this.device, nlink: Math.max(names, this.linkCount(stat, home, ino)) };
  }

  protected linkCount(stat: Stat, _home: Place, _ino: string): number {
    return stat.nlink;
  }
}
