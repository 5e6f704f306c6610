import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { type Bytes, fromBuffer } from '../../bytes.js';
import type { Files, OpenFile } from '../../files.js';
import {
  type ContainerLimits,
  type ImageContainer,
  ImageError,
  type LayerChange,
  type UnionBranch,
} from '../../images.js';
import { openDirectory } from '../../system/directory.js';
import { Lxcfs } from '../../system/lxcfs.js';
import { parseMountInfo } from '../../system/mount.js';
import { EngineError } from './client.js';
import { changesOf } from './container-changes.js';
import { firstProcessOf, groupOf, parentOf } from './container-processes.js';
import type { Engine } from './engine.js';
import { groupOfRun } from './engine-groups.js';
import { optionOf } from './limit-options.js';
import { type StorageDriver, shownBy } from './storage-driver.js';
import { Undo } from './undo.js';

/** A container of an image, with nothing but the layer of its own. */
export class DockerContainer implements ImageContainer {
  readonly id: string;
  readonly layer: Bytes;
  readonly initLayer: Bytes | undefined;
  readonly #engine: Engine;
  readonly #driver: StorageDriver;
  readonly #mountPoint: Bytes;
  /** Removes it, and what is there for it. */
  readonly #undo: Undo;
  /** What who has started it sees as `/`, and with it whatever the engine mounts: held open, for it ends with the container. */
  readonly #engineRoot: OpenFile;
  /** What its processes see as `/`; undefined while there are none. */
  #root: OpenFile | undefined;

  static start(
    engine: Engine,
    driver: StorageDriver,
    image: string,
    { limits, meminfo }: ContainerLimits,
  ): DockerContainer {
    const undo = new Undo();
    try {
      const lxcfs = meminfo === 'of lxcfs' ? startLxcfs(engine) : undefined;
      undo.push(() => lxcfs?.end());
      const files = lxcfs === undefined ? [] : [`--volume=${lxcfs.root}/proc/meminfo:/proc/meminfo:ro`];
      const options = [...engine.containerOptions, ...limits.flatMap(optionOf), ...files];
      const id = engine.client(['container', 'run', '--detach', '--network=none', ...options, image]);
      undo.push(() => engine.client(['container', 'rm', '--force', '--volumes', id]));
      return new DockerContainer(engine, driver, id, undo);
    } catch (failure) {
      throw undo.because(failure);
    }
  }

  private constructor(engine: Engine, driver: StorageDriver, id: string, undo: Undo) {
    this.#engine = engine;
    this.#driver = driver;
    this.#undo = undo;
    this.id = id;
    const { container, init, mountPoint } = engine.layers.stackOf(id);
    this.layer = container;
    this.initLayer = init;
    this.#mountPoint = mountPoint;
    undo.push(() => this.#closeRoot());
    this.#root = this.#openRoot(this.#first);
    const engineRoot = this.#openRoot(parentOf(engine.proc, this.#first));
    undo.push(() => engineRoot.close());
    this.#engineRoot = engineRoot;
  }

  #openRoot(process: number): OpenFile {
    return openDirectory(`${this.#engine.proc}/${process}/root` as Bytes).open('' as Bytes, [
      'O_PATH',
      'O_DIRECTORY',
    ]);
  }

  get #first(): number {
    const first = firstProcessOf(this.#engine.proc, this.id);
    if (first === undefined) throw new ImageError(`container ${this.id} has no process`);
    return first;
  }

  get mountPoint(): Bytes {
    return `${pathOf(this.#engineRoot)}${this.#mountPoint}` as Bytes;
  }

  get controlGroup(): string {
    const group = groupOf(this.#engine.proc, this.#first, this.id);
    if (group === undefined) throw new ImageError(`container ${this.id} is in no control group of its own`);
    return relative(`/${groupOfRun()}`, group);
  }

  get root(): Files {
    if (this.#root === undefined) throw new ImageError(`container ${this.id} does not run`);
    return openDirectory(pathOf(this.#root));
  }

  get metadata(): ReadonlyMap<string, string> {
    const directory = this.#engine.layers.metadataOf(this.id);
    const files = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isFile());
    return new Map(files.map(({ name }) => [name, readFileSync(`${directory}/${name}`, 'utf8')]));
  }

  changes(): readonly LayerChange[] {
    return changesOf(this.#engine.client, this.id);
  }

  branches(): readonly UnionBranch[] {
    const mounts = parseMountInfo(fromBuffer(readFileSync(`${this.#engine.proc}/${this.#first}/mountinfo`)));
    const root = mounts.find(({ mountPoint }) => mountPoint === '/');
    if (root === undefined) throw new ImageError(`container ${this.id} has no root file system`);
    return shownBy(this.#driver).branchesOf(root, `${this.#engine.directory}/${this.#driver.name}`);
  }

  run(commandLine: string): { readonly status: number; readonly output: string } {
    try {
      const output = this.#engine.client(['container', 'exec', this.id, '/bin/sh', '-c', commandLine]);
      return { status: 0, output };
    } catch (failure) {
      if (!(failure instanceof EngineError) || failure.status === null) throw failure;
      return { status: failure.status, output: failure.message };
    }
  }

  restart(): void {
    this.stop();
    this.#engine.client(['container', 'start', this.id]);
    this.#root = this.#openRoot(this.#first);
  }

  stop(): void {
    this.#closeRoot();
    this.#engine.client(['container', 'stop', this.id]);
  }

  #closeRoot(): void {
    this.#root?.close();
    this.#root = undefined;
  }

  remove(): void {
    this.#undo.all();
  }
}

/** An open directory as a path, with what is mounted there. */
function pathOf({ descriptor }: OpenFile): Bytes {
  return `/proc/self/fd/${descriptor}/.` as Bytes;
}

function startLxcfs({ shared }: Engine): Lxcfs {
  if (shared === undefined) throw new ImageError('the engine does not see what is mounted in the sandbox');
  const place = `${shared}/lxcfs-${randomUUID().slice(0, 8)}` as Bytes;
  openDirectory(place).makeDirectory('' as Bytes, 0o755);
  return Lxcfs.start(place);
}
