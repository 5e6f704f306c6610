import { type Backend, type Branch, isWritable, type Sandbox, type Union } from '../backend.js';
import { type Bytes, join, nameOf, parentOf } from '../bytes.js';
import type { Files, Identity } from '../files.js';
import { openDirectory } from '../system/directory.js';
import { errnoOf } from '../system/errno.js';
import { mountsBelow, reapOrphans } from '../system/leftovers.js';
import { runProgram } from '../system/programs.js';
import { differences } from '../tree/diff-trees.js';
import { type Reading, readContent, readTree } from '../tree/read-tree.js';
import type { Tree } from '../tree/tree.js';
import { plant, uproot } from './branches.js';
import { lookAt, OpenFiles, perform } from './calls.js';
import { setProperty } from './properties.js';
import type { Aftermath, BranchSpec, Call, CallResult, Looked, Planted, Property } from './protocol.js';
import type { WorkArea } from './work-area.js';

/** A branch as the scenario knows it; `before` is what a read-only one must still hold at the end. */
interface BuiltBranch extends Branch {
  readonly files: Files;
  before: Tree | undefined;
}

/** One scenario on one union: its branches, the union over them, and what is open. */
export class AgentScenario {
  readonly #backend: Backend;
  readonly #area: WorkArea;
  readonly #place: { readonly name: Bytes; readonly path: Bytes };
  readonly #sandbox: Sandbox;
  readonly #branches: readonly BuiltBranch[];
  readonly #open = new OpenFiles();
  #union: Union | undefined;
  #identity: Identity | undefined;
  #inUnion = 0;

  constructor(
    backend: Backend,
    area: WorkArea,
    host: Pick<Sandbox, 'privileged' | 'isolated'>,
    branches: readonly BranchSpec[],
  ) {
    this.#backend = backend;
    this.#area = area;
    this.#place = area.create();
    this.#sandbox = {
      ...host,
      directory: this.#makeDirectory('backend'),
      mountPoint: this.#makeDirectory('union'),
    };
    this.#branches = branches.map((spec) => this.#build(spec));
  }

  #timed<T>(use: () => T): T {
    const began = performance.now();
    try {
      return use();
    } finally {
      this.#inUnion += performance.now() - began;
    }
  }

  #makeDirectory(name: string): Bytes {
    this.#area.files.makeDirectory(`${this.#place.name}/${name}` as Bytes, 0o755);
    return `${this.#place.path}/${name}` as Bytes;
  }

  #build(spec: BranchSpec): BuiltBranch {
    const path = this.#makeDirectory(`branch-${spec.name}`);
    const files = openDirectory(path);
    for (const [at, planted] of spec.entries) plant(files, this.#backend.format, at, planted);
    return { name: spec.name, mode: spec.mode, path, files, before: undefined };
  }

  #branch(name: string): BuiltBranch {
    const branch = this.#branches.find((candidate) => candidate.name === name);
    if (branch === undefined) throw new Error(`there is no branch ${name}`);
    return branch;
  }

  /**
   * Changes a branch without the union, and takes the result as what it has to stay. That it
   * cannot be done is a result, because the union may have left the branch in another state.
   */
  change(name: string, alter: (files: Files) => void): CallResult {
    const branch = this.#branch(name);
    try {
      alter(branch.files);
    } catch (failure) {
      return { ok: false, errno: errnoOf(failure) };
    }
    if (branch.before !== undefined) branch.before = wholeTree(branch.files);
    return { ok: true, value: null };
  }

  plant(name: string, path: Bytes, planted: Planted): CallResult {
    return this.change(name, (files) => plant(files, this.#backend.format, path, planted));
  }

  uproot(name: string, path: Bytes): CallResult {
    return this.change(name, (files) => uproot(files, this.#backend.format, path));
  }

  adjust(name: string, path: Bytes, property: Property): CallResult {
    return this.change(name, (files) => setProperty(files, path, property));
  }

  /** The union, mounted when it is first used. @throws MountError */
  union(): Union {
    if (this.#union === undefined) {
      for (const branch of this.#branches) {
        if (!isWritable(branch)) branch.before ??= wholeTree(branch.files);
      }
      this.#union = this.#timed(() => this.#backend.mount(this.#branches, this.#sandbox));
    }
    return this.#union;
  }

  remount(): void {
    this.#open.closeAll();
    this.#timed(() => this.#union?.unmount());
    this.#union = undefined;
    this.union();
  }

  actAs(identity: Identity | undefined): void {
    this.#identity = identity;
  }

  call(call: Call): CallResult {
    const { files, mountPoint } = this.union();
    const performed = () => this.#timed(() => perform(call, files, this.#open, mountPoint));
    if (this.#identity === undefined) return performed();
    files.actAs(this.#identity);
    try {
      return performed();
    } finally {
      files.actAs(undefined);
    }
  }

  readUnion(lookUp: readonly Bytes[]): Reading {
    const { files } = this.union();
    return this.#timed(() => readTree(files, lookUp));
  }

  /** What a branch holds below the union: nothing can be said of it while there is none. @throws MountError */
  readBranch(name: string): Reading {
    this.union();
    return { tree: this.#backend.format.interpret(wholeTree(this.#branch(name).files)), disagreements: [] };
  }

  /** One entry of a branch below the union, without interpretation. @throws MountError */
  lookInto(name: string, path: Bytes): Looked | undefined {
    this.union();
    const { files } = this.#branch(name);
    if (files.lookup(path) === undefined) return undefined;
    const looked = lookAt(files, path);
    if (looked.stat.kind !== 'file') return looked;
    return { ...looked, content: readContent(files, path, looked.stat.size) };
  }

  /** Whether a branch marks a name as hidden in this very form. */
  hasRawWhiteout(name: string, path: Bytes, form: 'dot-wh' | 'char-device'): boolean {
    const { files } = this.#branch(name);
    if (form === 'dot-wh')
      return files.lookup(join(parentOf(path), `.wh.${nameOf(path)}` as Bytes)) !== undefined;
    const found = files.lookup(path);
    return found?.kind === 'character-device' && found.device.major === 0 && found.device.minor === 0;
  }

  #keep(directory: string): void {
    runProgram(['mkdir', '-p', '--', directory], '/');
    for (const { path } of this.#branches) runProgram(['cp', '-a', '--', path, directory], '/');
  }

  daemon(): Aftermath['daemon'] {
    return this.#union?.daemon() ?? 'none';
  }

  /** What the implementation itself has printed. */
  log(): string {
    return this.#union?.log() ?? '';
  }

  /** Unmounts, looks whether the union left something behind or touched what it must not, and removes everything. */
  end(keep?: string): Aftermath {
    this.#open.closeAll();
    const daemon = this.daemon();
    try {
      this.#timed(() => this.#union?.unmount());
    } finally {
      this.#union = undefined;
    }
    const changedBranches = this.#branches.flatMap((branch) =>
      branch.before === undefined
        ? []
        : differences(branch.before, wholeTree(branch.files), 'everything').map(
            (line) => `${branch.name}: ${line}`,
          ),
    );
    const leftovers = [...mountsBelow(this.#place.path), ...(this.#sandbox.isolated ? reapOrphans() : [])];
    if (keep !== undefined) this.#keep(keep);
    if (leftovers.length === 0) this.#area.remove(this.#place.name);
    return { changedBranches, daemon, leftovers, inUnion: this.#inUnion };
  }
}

/** A branch, all of it: one that cannot be read through and through cannot be compared. */
function wholeTree(files: Files): Tree {
  const { tree, disagreements } = readTree(files);
  if (disagreements.length === 0) return tree;
  throw new Error(`a branch cannot be read: ${disagreements.join('; ')}`);
}
