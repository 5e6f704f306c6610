import type { Adopted, Backend, KernelView, MountOptions, Sandbox, Union } from '../backend.js';
import { type Bytes, display, join, nameOf, parentOf } from '../bytes.js';
import { ContainerError } from '../container.js';
import { kernelGroups } from '../control-groups/kernel-groups.js';
import type { Files, Identity } from '../files.js';
import { errnoOf, SystemError } from '../system/errno.js';
import { mountsBelow, reapOrphans } from '../system/leftovers.js';
import { listProcesses } from '../system/processes.js';
import { runProgram } from '../system/programs.js';
import { statPath } from '../system/stat.js';
import { withUmask } from '../system/umask.js';
import { type Reading, readContent, readTree } from '../tree/read-tree.js';
import { plant, uproot } from './branches.js';
import { lookAt, OpenFiles, perform } from './calls.js';
import type { ContainerAct, ContainerSeen } from './container-protocol.js';
import { ScenarioContainers } from './containers.js';
import type { GroupAct } from './control-group-protocol.js';
import { ScenarioGroups } from './control-groups.js';
import type { ImageAnswer, ImageRequest } from './image-requests.js';
import { setProperty } from './properties.js';
import type {
  Aftermath,
  BranchSpec,
  Call,
  CallResult,
  Looked,
  NamedBranchChange,
  NamedKernelView,
  Planted,
  Property,
} from './protocol.js';
import { ScenarioImages } from './scenario-images.js';
import { UnionBranches, wholeTree } from './union-branches.js';
import type { WorkArea } from './work-area.js';

/** One scenario on one union: its branches, the union over them, and what is open. */
export class AgentScenario {
  readonly #backend: Backend;
  readonly #area: WorkArea;
  readonly #place: { readonly name: Bytes; readonly path: Bytes };
  readonly #sandbox: Sandbox;
  readonly #branches: UnionBranches;
  readonly #open = new OpenFiles();
  /** What runs beside it, like an engine of the sandbox, is not left over from it. */
  readonly #standing: ReadonlySet<number> = new Set(listProcesses());
  #adopted: Adopted | undefined;
  #containers: ScenarioContainers | undefined;
  #images: ScenarioImages | undefined;
  readonly #groups: ScenarioGroups;
  #union: Union | undefined;
  /** One that was unmounted, and not mounted again. */
  #ended: Union | undefined;
  #options: MountOptions = {};
  #identity: Identity | undefined;
  #umask = 0;
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
    this.#branches = new UnionBranches(branches, backend.format, this.#place.path);
    this.#groups = new ScenarioGroups(backend.containers?.controlGroups ?? kernelGroups, (process) =>
      this.#madeContainers().pidOf(process),
    );
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

  /**
   * Changes a branch without the union, and takes the result as what it has to stay. That it
   * cannot be done is a result, because the union may have left the branch in another state.
   */
  change(name: string, alter: (files: Files) => void): CallResult {
    const branch = this.#branches.get(name);
    try {
      alter(branch.files);
    } catch (failure) {
      return { ok: false, errno: errnoOf(failure) };
    }
    this.#branches.takeAsIs(branch);
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
      this.#ended = undefined;
      const { members } = this.#branches;
      this.#adopted ??= this.#timed(() => this.#backend.adopt?.(members, this.#sandbox, this.#options));
      this.#branches.keepUnwritable();
      this.#union = this.#timed(
        () => this.#adopted?.mount() ?? this.#backend.mount(members, this.#sandbox, this.#options),
      );
    }
    return this.#union;
  }

  /** What the next mount is told, in addition to what was said before. */
  addOptions(options: MountOptions): void {
    this.#options = { ...this.#options, ...options };
  }

  remount(): void {
    this.#endUnion();
    this.union();
  }

  /** Ends the union; it is mounted again when it is used, but not when its branches are looked at. */
  unmount(): void {
    const union = this.union();
    this.#endUnion();
    this.#ended = union;
  }

  #endUnion(): void {
    this.#open.closeAll();
    this.#timed(() => this.#union?.unmount());
    this.#union = undefined;
  }

  /** What the kernel shows of the union, or still shows of the one that was unmounted. @throws MountError */
  kernelView(): NamedKernelView | undefined {
    const view = (this.#ended ?? this.union()).kernelView?.();
    if (view === undefined) return undefined;
    const { id, details } = view;
    return { id: id ?? null, details: details === undefined ? null : this.#named(details) };
  }

  #named({ branches, inodeFile }: NonNullable<KernelView['details']>): NamedKernelView['details'] {
    return {
      branches: branches.map(({ path, mode, number }) => {
        return { branch: this.#branches.nameOf(path) ?? display(path), mode, number };
      }),
      inodeFile,
      inodeFileExists: typeof statPath(inodeFile) !== 'number',
    };
  }

  actAs(identity: Identity | undefined): void {
    this.#identity = identity;
  }

  maskModes(umask: number): void {
    this.#umask = umask;
  }

  call(call: Call): CallResult {
    if (call.call === 'control-group') return this.#changeGroups(call.act);
    const { files, mountPoint } = this.union();
    if (call.call === 'change-branches') return this.#changeBranches(call.change);
    const performed = () =>
      this.#timed(() => withUmask(this.#umask, () => perform(call, files, this.#open, mountPoint)));
    if (this.#identity === undefined) return performed();
    files.actAs(this.#identity);
    try {
      return performed();
    } finally {
      files.actAs(undefined);
    }
  }

  #changeGroups(act: GroupAct): CallResult {
    try {
      return { ok: true, value: this.#groups.perform(act) };
    } catch (failure) {
      return { ok: false, errno: errnoOf(failure) };
    }
  }

  #changeBranches(named: NamedBranchChange): CallResult {
    const union = this.union();
    try {
      this.#branches.change(named, (change) => {
        if (union.changeBranches === undefined) throw new SystemError('EOPNOTSUPP', 'remount');
        this.#timed(() => union.changeBranches?.(change));
      });
      return { ok: true, value: null };
    } catch (failure) {
      return { ok: false, errno: errnoOf(failure) };
    }
  }

  /** @throws ContainerError; MountError when there is no union to make one of. */
  act(act: ContainerAct): ContainerSeen {
    const containers = this.#madeContainers();
    return this.#timed(() => containers.perform(act));
  }

  #madeContainers(): ScenarioContainers {
    const { containers: runtime } = this.#backend;
    if (runtime === undefined) throw new ContainerError('its union is no mount to make one of');
    this.#containers ??= new ScenarioContainers({
      runtime,
      privileged: this.#sandbox.privileged,
      union: () => this.union(),
      makeDirectory: (name) => this.#makeDirectory(name),
      directoriesOf: (group) => this.#groups.directoriesOf(group),
    });
    return this.#containers;
  }

  /** @throws ImageError; SystemError EOPNOTSUPP for an implementation without images. */
  images(request: ImageRequest): ImageAnswer {
    const { images, format } = this.#backend;
    if (images === undefined) throw new SystemError('EOPNOTSUPP', 'images');
    this.#images ??= new ScenarioImages(images, format, this.#makeDirectory('images'), (name, path) =>
      this.#groups.find(name, path),
    );
    const scenario = this.#images;
    return this.#timed(() => scenario.answer(request));
  }

  readUnion(lookUp: readonly Bytes[]): Reading {
    const { files } = this.union();
    return this.#timed(() => readTree(files, lookUp));
  }

  /** Nothing can be said of a branch before there was a union above it. @throws MountError */
  #everMounted(): void {
    if (this.#ended === undefined) this.union();
  }

  /** What a branch holds below the union. @throws MountError */
  readBranch(name: string): Reading {
    this.#everMounted();
    const { path, files } = this.#branches.get(name);
    const tree = this.#adopted?.readBranch?.(path) ?? this.#backend.format.interpret(wholeTree(files));
    return { tree, disagreements: [] };
  }

  /** One entry of a branch below the union, without interpretation. @throws MountError */
  lookInto(name: string, path: Bytes): Looked | undefined {
    this.#everMounted();
    const { files } = this.#branches.get(name);
    if (files.lookup(path) === undefined) return undefined;
    const looked = lookAt(files, path);
    if (looked.stat.kind !== 'file') return looked;
    return { ...looked, content: readContent(files, path, looked.stat.size) };
  }

  /** Whether a branch marks a name as hidden in this very form. */
  hasRawWhiteout(name: string, path: Bytes, form: 'dot-wh' | 'char-device'): boolean {
    const { files } = this.#branches.get(name);
    if (form === 'dot-wh')
      return files.lookup(join(parentOf(path), `.wh.${nameOf(path)}` as Bytes)) !== undefined;
    const found = files.lookup(path);
    return found?.kind === 'character-device' && found.device.major === 0 && found.device.minor === 0;
  }

  #keep(directory: string): void {
    runProgram(['mkdir', '-p', '--', directory], '/');
    for (const path of this.#branches.paths) runProgram(['cp', '-a', '--', path, directory], '/');
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
    // First, for a frozen process cannot be ended otherwise.
    const leftGroups = this.#groups.end();
    this.#containers?.end();
    const daemon = this.daemon();
    try {
      this.#timed(() => this.#union?.unmount());
    } finally {
      this.#union = undefined;
    }
    const changedBranches = this.#branches.differences();
    if (keep !== undefined) this.#keep(keep);
    this.#timed(() => this.#adopted?.release());
    this.#timed(() => this.#images?.end());
    const leftovers = [
      ...leftGroups,
      ...this.#branches.unmount(),
      ...mountsBelow(this.#place.path),
      ...(this.#sandbox.isolated ? reapOrphans(this.#standing) : []),
    ];
    if (leftovers.length === 0) this.#area.remove(this.#place.name);
    return { changedBranches, daemon, leftovers, inUnion: this.#inUnion };
  }
}
