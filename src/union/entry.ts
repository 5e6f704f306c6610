import type { Bytes } from '../bytes.js';
import type { Kind, Stat } from '../files.js';

/** Where an inode is reached: a path inside a branch. */
export interface Place {
  readonly branch: number;
  readonly path: Bytes;
}

/**
 * An entry of the union as it was when it was looked up. A directory is an entry too: with a
 * name it is all that an operation of the engine is given.
 */
export interface Entry {
  /** Relative to the root of the union, and of every branch that has it. */
  readonly path: Bytes;
  /** The highest branch that has the name. */
  readonly branch: number;
  /** The branches that take part, highest first: several for a merged directory, else `[branch]`. */
  readonly parts: readonly number[];
  /** Where its inode is: elsewhere than its name for a pseudo-link (`pseudo-links.ts`). */
  readonly home: Place;
  /** A merged directory none of whose parts has directories in it. */
  readonly isFlat: boolean;
  readonly kind: Kind;
  /** Of the inode, as its branch tells it. */
  readonly stat: Stat;
  /** Inode number in the union. */
  readonly ino: string;
}

export function isDirectory(entry: Entry): boolean {
  return entry.kind === 'directory';
}

/** A file that is known to be there: its branch is asked for the inode only when somebody needs it. A copy by `...` has no `stat`. */
export class KnownFile implements Entry {
  readonly path: Bytes;
  readonly branch: number;
  readonly parts: readonly number[];
  readonly home: Place;
  readonly kind = 'file';
  readonly ino: string;
  readonly isFlat = false;
  readonly #look: (file: KnownFile) => Stat;
  #stat: Stat | undefined;

  constructor(path: Bytes, branch: number, ino: string, look: (file: KnownFile) => Stat) {
    this.path = path;
    this.branch = branch;
    this.parts = [branch];
    this.home = { branch, path };
    this.ino = ino;
    this.#look = look;
  }

  get stat(): Stat {
    this.#stat ??= this.#look(this);
    return this.#stat;
  }
}
