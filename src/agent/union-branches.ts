import { type Branch, type BranchChange, isWritable } from '../backend.js';
import type { Bytes } from '../bytes.js';
import type { Files } from '../files.js';
import type { Format } from '../formats/format.js';
import { openDirectory } from '../system/directory.js';
import { errnoOf } from '../system/errno.js';
import { mountFileSystem, unmountFileSystem } from '../system/mount.js';
import { pause } from '../system/wait.js';
import { differences } from '../tree/diff-trees.js';
import { readTree } from '../tree/read-tree.js';
import type { Tree } from '../tree/tree.js';
import { plant } from './branches.js';
import type { BranchSpec, NamedBranchChange } from './protocol.js';

/** A directory that is, or may become, a branch. */
export interface BuiltBranch {
  readonly name: string;
  readonly path: Bytes;
  readonly files: Files;
  /** What it must still hold at the end; undefined while the union may write to it. */
  before: Tree | undefined;
  /** It is a mount point. */
  readonly isMount: boolean;
}

/** The directories of a scenario, and which of them are branches of its union at the moment. */
export class UnionBranches {
  readonly #built: readonly BuiltBranch[];
  /** Absolute. */
  readonly #place: Bytes;
  #members: readonly Branch[];

  constructor(specs: readonly BranchSpec[], format: Format, place: Bytes) {
    this.#place = place;
    this.#built = specs.map((spec) => this.#build(spec, format));
    this.#members = specs.flatMap(({ name, mode }) =>
      mode === 'apart' ? [] : [{ name, mode, path: this.get(name).path }],
    );
  }

  #build({ name, size, entries }: BranchSpec, format: Format): BuiltBranch {
    const path = this.#pathOf(name);
    const files = openDirectory(path);
    files.makeDirectory('' as Bytes, 0o755);
    if (size !== undefined) mountFileSystem('tmpfs', 'tmpfs', path, `size=${size},mode=0755`);
    for (const [at, planted] of entries) plant(files, format, at, planted);
    return { name, path, files, before: undefined, isMount: size !== undefined };
  }

  #pathOf(name: string): Bytes {
    return `${this.#place}/branch-${name}` as Bytes;
  }

  get(name: string): BuiltBranch {
    const branch = this.#built.find((candidate) => candidate.name === name);
    if (branch === undefined) throw new Error(`there is no branch ${name}`);
    return branch;
  }

  /** The branches of the union, highest first. */
  get members(): readonly Branch[] {
    return this.#members;
  }

  /** The name of the branch whose directory this is. */
  nameOf(path: Bytes): string | undefined {
    return this.#built.find((branch) => branch.path === path)?.name;
  }

  get paths(): readonly Bytes[] {
    return this.#built.map(({ path }) => path);
  }

  /** Before the union is mounted: what it may not write to has to stay as it is. */
  keepUnwritable(): void {
    for (const branch of this.#built) {
      if (!this.#mayBeWritten(branch)) branch.before ??= wholeTree(branch.files);
    }
  }

  #mayBeWritten({ name }: BuiltBranch): boolean {
    const member = this.#members.find((candidate) => candidate.name === name);
    return member !== undefined && isWritable(member);
  }

  /**
   * Has a change made by the union, and what may be written to from then on follows it: a branch
   * is compared from the moment on in which it cannot be written to.
   */
  change(named: NamedBranchChange, make: (change: BranchChange) => void): void {
    make(this.#resolved(named));
    this.#members = this.#after(named);
    const branch = this.#built.find(({ name }) => name === named.branch);
    if (branch === undefined) return; // a directory that does not exist: the union has not minded
    if (this.#mayBeWritten(branch)) branch.before = undefined;
    else branch.before ??= wholeTree(branch.files);
  }

  #resolved(named: NamedBranchChange): BranchChange {
    const path = this.#pathOf(named.branch);
    if (named.change === 'delete') return { change: 'delete', path };
    const { mode } = named;
    if (named.change === 'mode') return { change: 'mode', path, mode };
    const branch = { name: named.branch, path, mode };
    return named.change === 'insert'
      ? { change: 'insert', branch, at: named.at }
      : { change: named.change, branch };
  }

  #after(named: NamedBranchChange): readonly Branch[] {
    const { branch: name } = named;
    const isThere = this.#members.some((member) => member.name === name);
    if (named.change === 'delete') return this.#members.filter((member) => member.name !== name);
    if (named.change === 'mode') {
      const { mode } = named;
      return this.#members.map((member) => (member.name === name ? { ...member, mode } : member));
    }
    if (isThere) return this.#members;
    const at = { append: this.#members.length, prepend: 0 };
    const index = named.change === 'insert' ? named.at : at[named.change];
    return this.#members.toSpliced(index, 0, { name, path: this.#pathOf(name), mode: named.mode });
  }

  /** What is changed without the union is what has to stay from then on. */
  takeAsIs(branch: BuiltBranch): void {
    if (branch.before !== undefined) branch.before = wholeTree(branch.files);
  }

  /** One line for each difference in what must not have changed. */
  differences(): readonly string[] {
    return this.#built.flatMap(({ name, files, before }) =>
      before === undefined
        ? []
        : differences(before, wholeTree(files), 'everything').map((line) => `${name}: ${line}`),
    );
  }

  /** Before the directories are removed; one line for each that something still uses. */
  unmount(): readonly string[] {
    return this.#built.flatMap(({ name, path, isMount }) => {
      try {
        if (isMount) unmountFileSystem(path);
        return [];
      } catch (failure) {
        return [`the ${name} branch in use (${errnoOf(failure)})`];
      }
    });
  }
}

/** Milliseconds in which a branch has to come to rest: aufs removes what was replaced in the background. */
const SETTLED = 1000;

/** A branch, all of it: one that cannot be read through and through cannot be compared. */
export function wholeTree(files: Files): Tree {
  let reading = readTree(files);
  for (const end = performance.now() + SETTLED; reading.disagreements.length > 0; reading = readTree(files)) {
    if (performance.now() > end)
      throw new Error(`a branch cannot be read: ${reading.disagreements.join('; ')}`);
    pause(1);
  }
  return reading.tree;
}
