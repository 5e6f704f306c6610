import type { Bytes } from '../bytes.js';
import type { OpenFile, OpenFlag } from '../files.js';
import type { Place } from './entry.js';
import type { UnionFile } from './open-file.js';
import { Placement } from './placement.js';

/** Knows the open files by inode, so that they follow it through copy-up, rename and deletion. */
export abstract class OpenFiles extends Placement {
  readonly #open = new Map<string, Set<UnionFile>>();

  protected opened(file: UnionFile): UnionFile {
    const files = this.#open.get(file.ino);
    if (files === undefined) this.#open.set(file.ino, new Set([file]));
    else files.add(file);
    return file;
  }

  closed(file: UnionFile): void {
    const files = this.#open.get(file.ino);
    files?.delete(file);
    if (files?.size === 0) this.#open.delete(file.ino);
  }

  openPlace(place: Place, flags: readonly OpenFlag[]): OpenFile {
    return this.files(place.branch).open(place.path, flags);
  }

  /** The inode was copied: readers that are already there see what is written to the copy. */
  protected followInode(ino: string, home: Place): void {
    for (const file of this.#open.get(ino) ?? []) if (file.home.branch !== home.branch) file.moveTo(home);
  }

  /** The name is gone; the open file stays. */
  protected detach(ino: string, path: Bytes): void {
    for (const file of this.#open.get(ino) ?? []) if (file.path === path) file.path = undefined;
  }

  /** The entry, and what is below it, has another path now; the map is of old to new paths. */
  protected followNames(moves: ReadonlyMap<Bytes, Bytes>): void {
    for (const files of this.#open.values()) {
      for (const file of files) this.#followName(file, moves);
    }
  }

  #followName(file: UnionFile, moves: ReadonlyMap<Bytes, Bytes>): void {
    for (const [from, to] of moves) {
      const { path, home } = file;
      const moved = movedPath(path, from, to);
      if (moved === undefined) continue;
      file.path = moved;
      if (home.path === path) file.home = { branch: home.branch, path: moved };
      return;
    }
  }

  /** The files whose inode is in a branch. */
  protected openIn(branch: number): readonly UnionFile[] {
    return [...this.#open.values()].flatMap((files) =>
      [...files].filter(({ home }) => home.branch === branch),
    );
  }

  /** Branches have other indices now. */
  protected renumber(newIndex: (branch: number) => number): void {
    for (const files of this.#open.values()) {
      for (const file of files) file.home = { ...file.home, branch: newIndex(file.home.branch) };
    }
  }

  /** Ends the union under files that are still open, as a forced unmount does. */
  protected closeAll(): void {
    for (const files of [...this.#open.values()]) for (const file of [...files]) file.close();
  }
}

function movedPath(path: Bytes | undefined, from: Bytes, to: Bytes): Bytes | undefined {
  if (path === from) return to;
  return path?.startsWith(`${from}/`) ? (`${to}${path.slice(from.length)}` as Bytes) : undefined;
}
