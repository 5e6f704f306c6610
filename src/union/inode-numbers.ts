/**
 * Inode numbers of a union: the number in the branch followed by three digits for the
 * branch, so that they are unique over branches, the same at the next mount, and need no
 * table. Only the copy of an entry is in a table: it keeps the number of its original.
 */
export class InodeNumbers {
  readonly #kept = new Map<string, string>();

  /** The number of an inode of a branch. */
  of(branch: number, ino: string): string {
    const own = InodeNumbers.own(branch, ino);
    return this.#kept.size === 0 ? own : (this.#kept.get(own) ?? own);
  }

  /** What it is when it is not a copy. */
  static own(branch: number, ino: string): string {
    return ino + String(branch).padStart(3, '0');
  }

  /** The branch and the number in it, of a number that is not of a copy. */
  static origin(number: string): { readonly branch: number; readonly ino: string } {
    return { branch: Number(number.slice(-3)), ino: number.slice(0, -3) };
  }

  /** A copy goes on under the number of its original. */
  keep(branch: number, ino: string, number: string): void {
    this.#kept.set(InodeNumbers.own(branch, ino), number);
  }

  /** The inode is gone: the branch may give its number to another file. */
  forget(branch: number, ino: string): void {
    this.#kept.delete(InodeNumbers.own(branch, ino));
  }
}
