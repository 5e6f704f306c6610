import { type Bytes, join } from '../bytes.js';
import type { Stat } from '../files.js';
import { PSEUDO_LINKS } from './bookkeeping.js';
import { branchOfRoot, rootOf } from './branch-roots.js';
import { CopyUp } from './copy-up.js';
import { type Entry, isDirectory, type Place } from './entry.js';

interface PseudoLink {
  /** Where the copy is, under a bookkeeping name. */
  readonly place: Place;
  /** How many names of the lower file have not been copied and are not hidden. */
  pending: number;
}

/**
 * Keeps hard links of a lower branch together (aufs(5), "Pseudo Link"): the copy of a file with
 * several names is kept in `.wh..wh.plnk`, from where each of them becomes a hard link when it
 * changes; until then a name in a lower branch stands for the copy. What is left of them is
 * settled when the union ends, or at the next mount when it could not end.
 */
export abstract class PseudoLinks extends CopyUp {
  readonly #links = new Map<string, PseudoLink>();
  /** By inode: how many names in a read-only branch were hidden since the mount. */
  readonly #hidden = new Map<string, number>();

  protected get hasPseudoLinks(): boolean {
    return this.#links.size > 0;
  }

  protected override entry(path: Bytes, branch: number, parts: readonly number[], stat: Stat): Entry {
    const entry = super.entry(path, branch, parts, stat);
    if (this.#links.size === 0 || stat.nlink < 2 || stat.kind === 'directory') return entry;
    const link = this.#links.get(entry.ino);
    if (link === undefined || link.place.branch === branch) return entry;
    const copied = this.files(link.place.branch).lookup(link.place.path);
    return copied === undefined ? entry : { ...entry, home: link.place, stat: copied };
  }

  /** As a user counts: the names that the union shows. */
  protected override linkCount(stat: Stat, home: Place, ino: string): number {
    if (stat.kind === 'directory') return stat.nlink;
    const link = this.#links.get(ino);
    if (link !== undefined && link.place.branch === home.branch) return stat.nlink - 1 + link.pending;
    if (this.#hidden.size === 0 || this.inodes.own(home.branch, stat.ino) !== ino) return stat.nlink;
    return stat.nlink - (this.#hidden.get(ino) ?? 0);
  }

  protected override copyUp(branch: number, entry: Entry, bytes?: number): void {
    const link = this.#links.get(entry.ino);
    if (link?.place.branch === branch) this.#materialise(entry, link);
    else super.copyUp(branch, entry, bytes);
  }

  protected override putInPlace(branch: number, entry: Entry, copy: Bytes): void {
    const names = this.linkCount(entry.stat, entry.home, entry.ino);
    if (isDirectory(entry) || names < 2) return super.putInPlace(branch, entry, copy);
    this.#materialise(entry, this.#linkTogether(branch, entry.ino, entry.stat, copy, names));
  }

  /** A copy that stands for names which stay in their branch. */
  #linkTogether(branch: number, ino: string, stat: Stat, copy: Bytes, pending: number): PseudoLink {
    const path = join(PSEUDO_LINKS, this.#nameOf(ino, stat));
    this.files(branch).rename(copy, path, 'replace');
    const link = { place: { branch, path }, pending };
    this.#links.set(ino, link);
    return link;
  }

  #materialise(entry: Entry, link: PseudoLink): void {
    this.files(link.place.branch).link(link.place.path, entry.path);
    this.inodes.link(entry.ino, entry.path);
    this.#settle(entry.ino, link);
  }

  /** One name less to wait for. */
  #settle(ino: string, link: PseudoLink): void {
    link.pending -= 1;
    if (link.pending > 0) return;
    this.#links.delete(ino);
    const { branch, path } = link.place;
    const files = this.files(branch);
    const stat = files.lookup(path);
    files.unlink(path);
    if (stat?.nlink === 1) this.inodes.forget(branch, stat.ino);
  }

  /** A name in a lower branch is not shown any more. */
  protected nameHidden(entry: Entry): void {
    if (isDirectory(entry)) return;
    const link = this.#links.get(entry.ino);
    if (link !== undefined) this.#settle(entry.ino, link);
    else this.#hidden.set(entry.ino, (this.#hidden.get(entry.ino) ?? 0) + 1);
  }

  /** The copy of a lower inode that is open but has lost the name it was opened by. */
  protected copyNameless(branch: number, ino: string, from: Place, stat: Stat, bytes?: number): Place {
    const copy = this.buildCopy(branch, from, stat, bytes);
    this.inodes.keep(branch, copy.ino, ino);
    const names = this.linkCount(stat, from, ino);
    if (names > 0) return this.#linkTogether(branch, ino, stat, copy.path, names).place;
    return { branch, path: copy.path };
  }

  /**
   * Makes a hard link of every name that still is in a lower branch, and empties the bookkeeping
   * directories; `auplink(8)` does the same for aufs.
   */
  protected settlePseudoLinks(): void {
    for (const branch of this.writable()) {
      for (const { name } of this.files(branch).list(PSEUDO_LINKS)) this.#settleAll(branch, name);
    }
    this.#links.clear();
  }

  #settleAll(branch: number, name: Bytes): void {
    const files = this.files(branch);
    const path = join(PSEUDO_LINKS, name);
    const [, inode = '', root = '', mtime] = /^(\d+)-([^-]+)-(.+)$/.exec(name) ?? [];
    const origin = { ino: inode, branch: branchOfRoot(this.branches, root) };
    const copy = files.lookup(path);
    // A branch that is not mounted this time may be the next: until then its names are not shown.
    if (copy === undefined || origin.branch < 0) return;
    const ino = this.inodes.own(origin.branch, origin.ino);
    this.inodes.keep(branch, copy.ino, ino);
    const link = this.#links.get(ino) ?? { place: { branch, path }, pending: Number.POSITIVE_INFINITY };
    this.#links.delete(ino); // so that names are found where they are
    this.#linkNames('' as Bytes, origin, link, (stat) => mtimeOf(stat) === mtime);
    files.unlink(path);
  }

  /** Says which the original is, and that it still is the same, also to a mount with other branches, after a crash. */
  #nameOf(ino: string, stat: Stat): Bytes {
    const origin = this.inodes.origin(ino);
    return `${origin.ino}-${rootOf(this.branches[origin.branch])}-${mtimeOf(stat)}` as Bytes;
  }

  /** Looks through the branch of the original for its names. */
  #linkNames(
    directory: Bytes,
    origin: { readonly branch: number; readonly ino: string },
    link: PseudoLink,
    isOriginal: (stat: Stat) => boolean,
  ): void {
    if (this.branches[origin.branch] === undefined) return;
    for (const { name, kind, ino } of this.files(origin.branch).list(directory)) {
      if (link.pending <= 0) return;
      const path = join(directory, name);
      if (kind === 'directory') this.#linkNames(path, origin, link, isOriginal);
      if (ino !== origin.ino) continue;
      const entry = this.resolve(path);
      if (entry === undefined || entry.branch !== origin.branch || !isOriginal(entry.stat)) continue;
      this.bringDirectory(link.place.branch, this.directoryOf(path));
      const { place } = link;
      this.keepingTimes(place.branch, directory, () => this.files(place.branch).link(place.path, path));
      this.inodes.link(entry.ino, path);
      link.pending -= 1;
    }
  }
}

function mtimeOf({ mtime }: Stat): string {
  return `${mtime.seconds}.${mtime.nanoseconds}`;
}
