import type { Bytes } from '../bytes.js';
import type { Files, Stat } from '../files.js';
import { Directory } from './directory.js';
import { SystemError } from './errno.js';
import { cString, libc, succeed } from './libc.js';

const O_PATH = 0o10000000;
const O_DIRECTORY = 0o200000;
const O_NOFOLLOW = 0o400000;
const O_CLOEXEC = 0o2000000;

/** What the kernel takes at once is 4095 bytes; room is left for what stands before it. */
const PIECE = 3900;

/**
 * The files of a branch. Unlike a program that names a file of a mounted union, a union has to
 * reach files of its branches by paths of any length: somebody who works deep in it, in a working
 * directory, is nearer to them than the root of the branch.
 */
export function openBranchDirectory(root: Bytes): Files {
  return new BranchDirectory(root);
}

export class BranchDirectory extends Directory {
  readonly #root: Bytes;
  /** Deep directories: as many as a call can have paths; the older makes room for the next. */
  readonly #reached: number[] = [];

  constructor(root: Bytes) {
    super(root);
    this.#root = root;
  }

  override lookup(path: Bytes): Stat | undefined {
    try {
      return super.lookup(path);
    } catch (failure) {
      if (failure instanceof SystemError && failure.errno === 'ENOENT') return undefined; // a directory on the way
      throw failure;
    }
  }

  protected override c(path: Bytes): Buffer {
    return path.length < PIECE - this.#root.length ? super.c(path) : this.#descend(`${this.#root}/${path}`);
  }

  /** @throws SystemError ENOENT, ENOTDIR */
  #descend(path: string): Buffer {
    let rest = path;
    let base: number | undefined;
    while (rest.length >= PIECE) {
      const cut = rest.lastIndexOf('/', PIECE);
      const next = succeed('open', path, libc.open(cString(from(base, rest.slice(0, cut))), flags, 0));
      if (base !== undefined) succeed('close', '', libc.close(base));
      base = next;
      rest = rest.slice(cut + 1);
    }
    if (base !== undefined) this.#keep(base);
    return cString(from(base, rest));
  }

  #keep(descriptor: number): void {
    this.#reached.push(descriptor);
    const oldest = this.#reached.length > 2 ? this.#reached.shift() : undefined;
    if (oldest !== undefined) succeed('close', '', libc.close(oldest));
  }
}

const flags = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

function from(base: number | undefined, path: string): string {
  return base === undefined ? path : `/proc/self/fd/${base}/${path}`;
}
