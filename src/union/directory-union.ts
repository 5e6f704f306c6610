import { type Branch, type BranchChange, MountError, type MountOptions } from '../backend.js';
import { type Bytes, display } from '../bytes.js';
import type { Files } from '../files.js';
import { openBranchDirectory } from '../system/branch-directory.js';
import { openDirectory } from '../system/directory.js';
import { SystemError } from '../system/errno.js';
import { openUndisturbedDirectory } from '../system/undisturbed-directory.js';
import { defaultMode, type UnionBranch } from './branches.js';
import type { Engine, EngineClass } from './engine.js';
import { MOST_BRANCHES } from './inode-numbers.js';

/** A mounted engine over directories of this machine: what every door of the in-house union opens. */
export class DirectoryUnion {
  readonly engine: Engine;
  #branches: readonly Branch[];
  readonly #open: (root: Bytes) => Files;

  /** @throws MountError; then nothing is mounted. */
  constructor(EngineOf: EngineClass, branches: readonly Branch[], options: MountOptions = {}) {
    this.#branches = branches.map((branch, index) =>
      options.modes === 'unsaid' ? { ...branch, mode: defaultMode(index, options) } : branch,
    );
    const problem = problemOf(this.#branches);
    if (problem !== undefined) throw new MountError(problem);
    this.#open = options.directAccess === 'none' ? openUndisturbedDirectory : openBranchDirectory;
    this.engine = new EngineOf(
      this.#branches.map((branch) => this.#openBranch(branch)),
      options,
    );
    try {
      this.engine.mount();
    } catch (failure) {
      if (!(failure instanceof SystemError)) throw failure;
      throw new MountError(`a writable branch cannot be prepared: ${failure.message}`);
    }
  }

  get branches(): readonly Branch[] {
    return this.#branches;
  }

  /**
   * As `Union.changeBranches`; EINVAL for a directory that cannot be a branch.
   * Entries that a door knows from before are void then.
   */
  changeBranches(change: BranchChange): void {
    if (change.change === 'delete') {
      const at = this.#indexOf(change.path);
      this.engine.removeBranch(at);
      this.#branches = this.#branches.toSpliced(at, 1);
    } else if (change.change === 'mode') {
      const at = this.#indexOf(change.path);
      this.engine.setBranchMode(at, change.mode);
      this.#branches = this.#branches.map((branch, index) =>
        index === at ? { ...branch, mode: change.mode } : branch,
      );
    } else this.#add(change.branch, this.#newIndex(change));
  }

  #newIndex(change: Extract<BranchChange, { branch: Branch }>): number {
    if (change.change === 'insert') return Math.min(change.at, this.#branches.length);
    return change.change === 'prepend' ? 0 : this.#branches.length;
  }

  #add(branch: Branch, at: number): void {
    if (this.#branches.some(({ path }) => path === branch.path)) return;
    if (openDirectory(branch.path).lookup('' as Bytes) === undefined) {
      throw new SystemError('ENOENT', 'remount', branch.path);
    }
    const branches = this.#branches.toSpliced(at, 0, branch);
    if (problemOf(branches) !== undefined) throw new SystemError('EINVAL', 'remount', branch.path);
    this.engine.insertBranch(at, this.#openBranch(branch));
    this.#branches = branches;
  }

  #openBranch({ path, mode }: Branch): UnionBranch {
    return { files: this.#open(path), mode };
  }

  #indexOf(path: Bytes): number {
    const index = this.#branches.findIndex((branch) => branch.path === path);
    if (index < 0) throw new SystemError('ENOENT', 'remount', path);
    return index;
  }
}

/** As aufs: a union has a branch, each is a directory, and none is, or is in, another one. */
function problemOf(branches: readonly Branch[]): string | undefined {
  if (branches.length === 0) return 'a union needs at least one branch';
  if (branches.length > MOST_BRANCHES) {
    return `${branches.length} branches: a union has at most ${MOST_BRANCHES}: mount some of them as one, and that as a branch`;
  }
  for (const [index, { name, path }] of branches.entries()) {
    const kind = openDirectory(path).lookup('' as Bytes)?.kind ?? 'missing';
    if (kind !== 'directory') return `branch ${name}: ${display(path)} is ${kind}, not a directory`;
    for (const other of branches.slice(index + 1)) {
      const [a, b] = [`${path}/`, `${other.path}/`];
      if (a.startsWith(b) || b.startsWith(a)) {
        return `branches ${name} and ${other.name}: one directory is, or lies in, the other`;
      }
    }
  }
  return undefined;
}
