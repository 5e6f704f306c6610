import type { Bytes } from '../bytes.js';
import { SystemError } from '../system/errno.js';

/** A copy in a branch, its inode number there, and the one of its original. */
export interface Copy {
  readonly path: Bytes;
  readonly ino: string;
  readonly number: string;
}

/** How many branches a union can have: three digits of an inode number say the branch. */
export const MOST_BRANCHES = 1000;
const threeDigits = Array.from({ length: MOST_BRANCHES }, (_, number) => String(number).padStart(3, '0'));

/**
 * Inode numbers of a union: the number in the branch followed by three digits for the
 * branch, so that they are unique over branches, the same at the next mount, and need no
 * table. Only the copy of an entry is in a table: it keeps the number of its original.
 *
 * The three digits are the index that the branch had at the mount. One that comes later gets
 * digits of its own, and those of one that goes are not used again.
 */
export class InodeNumbers {
  /** By index of a branch: its digits; undefined as long as they are the index. */
  #digits: readonly number[] | undefined;
  #nextDigits = 0;
  readonly #kept = new Map<string, string>();
  /** By number: the copy that goes on under it. */
  readonly #copies = new Map<string, string>();
  /** By path: a copy that can be found there. */
  readonly #paths = new Map<Bytes, string>();

  /** The number of an inode of a branch. */
  of(branch: number, ino: string): string {
    const own = this.own(branch, ino);
    return this.#kept.size === 0 ? own : (this.#kept.get(own) ?? own);
  }

  /** What it is when it is not a copy. */
  own(branch: number, ino: string): string {
    return ino + this.digitsOf(branch);
  }

  digitsOf(branch: number): string {
    const number = this.#digits?.[branch] ?? branch;
    return threeDigits[number] ?? String(number);
  }

  /** The branch and the number in it, of a number that is not of a copy; -1 for a branch that is gone. */
  origin(number: string): { readonly branch: number; readonly ino: string } {
    const digits = Number(number.slice(-3));
    return { branch: this.#digits?.indexOf(digits) ?? digits, ino: number.slice(0, -3) };
  }

  /**
   * A branch comes at an index, to `branches` that are there.
   * @throws SystemError ENOSPC after a thousand, until the next mount.
   */
  insertBranch(at: number, branches: number): void {
    const digits = this.#digits ?? Array.from({ length: branches }, (_, index) => index);
    const next = Math.max(this.#nextDigits, branches);
    if (next >= MOST_BRANCHES) throw new SystemError('ENOSPC', 'branch');
    this.#nextDigits = next + 1;
    this.#digits = digits.toSpliced(at, 0, next);
  }

  /** A branch goes, and what is known of copies in it. */
  removeBranch(at: number, branches: number): void {
    for (const own of [...this.#kept.keys()]) {
      if (this.origin(own).branch === at) this.#kept.delete(own);
    }
    const digits = this.#digits ?? Array.from({ length: branches }, (_, index) => index);
    this.#nextDigits = Math.max(this.#nextDigits, branches);
    this.#digits = digits.toSpliced(at, 1);
  }

  /** A copy goes on under the number of its original. */
  keep(branch: number, ino: string, number: string, path?: Bytes): void {
    const own = this.own(branch, ino);
    this.#kept.set(own, number);
    this.#copies.set(number, own);
    if (path !== undefined) this.#paths.set(path, own);
  }

  /** A copy has got one more name. */
  link(number: string, path: Bytes): void {
    const own = this.#copies.get(number);
    if (own !== undefined) this.#paths.set(path, own);
  }

  /** A copy, with what is below it, has got another path. */
  move(from: Bytes, to: Bytes, isDirectory: boolean): void {
    const moved = [...(isDirectory ? this.#paths.keys() : [from])].filter(
      (path) => path === from || path.startsWith(`${from}/`),
    );
    for (const path of moved) {
      const own = this.#paths.get(path);
      this.#paths.delete(path);
      if (own !== undefined) this.#paths.set(`${to}${path.slice(from.length)}` as Bytes, own);
    }
  }

  swap(one: Bytes, other: Bytes): void {
    const neither = '' as Bytes; // no copy is the root
    this.move(one, neither, true);
    this.move(other, one, true);
    this.move(neither, other, true);
  }

  /** The copies in a branch, to go on under their numbers at the next mount. */
  copiesIn(branch: number): readonly Copy[] {
    return [...this.#paths].flatMap(([path, own]) => {
      const { branch: home, ino } = this.origin(own);
      const number = this.#kept.get(own);
      return home === branch && number !== undefined ? [{ path, ino, number }] : [];
    });
  }

  /** The inode is gone: the branch may give its number to another file. */
  forget(branch: number, ino: string): void {
    this.#kept.delete(this.own(branch, ino));
  }
}
