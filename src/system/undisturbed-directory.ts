import { type Bytes, join, nameOf, parentOf } from '../bytes.js';
import type { DirectoryEntry, Files, OpenFile, OpenFlag, RenameMode, Stat } from '../files.js';
import { BranchDirectory } from './branch-directory.js';

/** How many names are remembered at most, in all directories; a name takes about 60 bytes. */
const NAMES = 50_000;
/** Of how many directories: a rename looks through them, for it may be one of a directory. */
const DIRECTORIES = 500;
/** Looks for what was not there after which it is first considered to list a directory. */
const FIRST = 8;
/** Bytes of the size of a directory that are listed in the time that one look takes: some eight names. */
const BYTES_A_LOOK = 160;

interface Known {
  readonly names: Set<Bytes>;
  /** It was seen that the directory tells `a` from `A`. */
  isExact: boolean;
}

/**
 * The files of a branch that nobody else changes (`udba=none`). What is not there is looked for
 * again and again, in each of several branches and as a whiteout: so the names of a directory are
 * remembered once it was listed, and it is listed once looking in vain has cost as much.
 */
export function openUndisturbedDirectory(root: Bytes): Files {
  return new UndisturbedDirectory(root);
}

class UndisturbedDirectory extends BranchDirectory {
  readonly #known = new Map<Bytes, Known>();
  #names = 0;
  /** By directory: how often something was looked for in vain; infinitely often where names must not be remembered. */
  readonly #misses = new Map<Bytes, number>();
  #changes = 0;

  override get changes(): number {
    return this.#changes;
  }

  override lookup(path: Bytes): Stat | undefined {
    if (path === '') return super.lookup(path);
    const directory = parentOf(path);
    const known = this.#known.get(directory);
    if (known !== undefined) return known.names.has(nameOf(path)) ? super.lookup(path) : undefined;
    const stat = super.lookup(path);
    if (stat === undefined) this.#missed(directory);
    return stat;
  }

  #missed(directory: Bytes): void {
    if (this.#misses.size > NAMES) this.#misses.clear();
    const misses = (this.#misses.get(directory) ?? 0) + 1;
    this.#misses.set(directory, misses);
    if (misses < FIRST || (misses & (misses - 1)) !== 0) return;
    const stat = super.lookup(directory);
    if (stat?.kind === 'directory' && stat.size <= misses * BYTES_A_LOOK) this.list(directory);
  }

  override list(path: Bytes): DirectoryEntry[] {
    const entries = super.list(path);
    if (!this.#known.has(path) && this.#misses.get(path) !== Number.POSITIVE_INFINITY) {
      this.#learn(
        path,
        entries.map(({ name }) => name),
      );
    }
    return entries;
  }

  #learn(directory: Bytes, names: readonly Bytes[]): void {
    if (names.length > NAMES) return;
    if (this.#names + names.length > NAMES || this.#known.size >= DIRECTORIES) {
      this.#known.clear();
      this.#names = 0;
    }
    const known = { names: new Set(names), isExact: false };
    this.#known.set(directory, known);
    this.#names += names.length;
    for (const name of names) if (!known.isExact) this.#tryCase(directory, known, name);
  }

  /** A directory that takes `a` for `A` has more names than it lists: then none is remembered. */
  #tryCase(directory: Bytes, known: Known, name: Bytes): void {
    const other = inOtherCase(name);
    const isFolded =
      other === name
        ? /[^\0-\x7f]/.test(name)
        : !known.names.has(other) && super.lookup(join(directory, other)) !== undefined;
    if (isFolded) {
      this.#forget(directory);
      this.#misses.set(directory, Number.POSITIVE_INFINITY);
    }
    known.isExact = isFolded || other !== name;
  }

  #forget(directory: Bytes): void {
    this.#names -= this.#known.get(directory)?.names.size ?? 0;
    this.#known.delete(directory);
  }

  #came(path: Bytes): void {
    this.#changes += 1;
    const directory = parentOf(path);
    const known = this.#known.get(directory);
    if (known === undefined) return;
    const name = nameOf(path);
    if (!known.names.has(name)) this.#names += 1;
    known.names.add(name);
    if (!known.isExact) this.#tryCase(directory, known, name);
  }

  #went(path: Bytes): void {
    this.#changes += 1;
    if (this.#known.get(parentOf(path))?.names.delete(nameOf(path)) === true) this.#names -= 1;
  }

  /** Nothing is known any more of a directory that has got another path, and of those in it. */
  #moved(path: Bytes): void {
    for (const directory of this.#known.keys()) {
      if (directory === path || directory.startsWith(`${path}/`)) this.#forget(directory);
    }
  }

  override open(path: Bytes, flags: readonly OpenFlag[], mode?: number): OpenFile {
    const file = super.open(path, flags, mode);
    if (flags.includes('O_CREAT')) this.#came(path);
    return file;
  }

  override makeDirectory(path: Bytes, mode: number): void {
    super.makeDirectory(path, mode);
    this.#came(path);
  }

  override makeNode(...what: Parameters<Files['makeNode']>): void {
    super.makeNode(...what);
    this.#came(what[0]);
  }

  override makeSymlink(path: Bytes, target: Bytes): void {
    super.makeSymlink(path, target);
    this.#came(path);
  }

  override link(existing: Bytes, path: Bytes): void {
    super.link(existing, path);
    this.#came(path);
  }

  override linkOpen(file: OpenFile, path: Bytes): void {
    super.linkOpen(file, path);
    this.#came(path);
  }

  override unlink(path: Bytes): void {
    super.unlink(path);
    this.#went(path);
  }

  override removeDirectory(path: Bytes): void {
    super.removeDirectory(path);
    this.#went(path);
    this.#forget(path);
  }

  override rename(from: Bytes, to: Bytes, mode: RenameMode): void {
    super.rename(from, to, mode);
    if (mode === 'replace' || mode === 'no-replace') this.#went(from);
    this.#came(to);
    this.#moved(from);
    this.#moved(to);
  }
}

/** With the first letter of ASCII the other way; the same when there is none. */
function inOtherCase(name: Bytes): Bytes {
  const flip = (letter: string) =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
  return name.replace(/[a-zA-Z]/, flip) as Bytes;
}
