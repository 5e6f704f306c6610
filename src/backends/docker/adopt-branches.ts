import { idleCommand } from '../../archive/base-layer.js';
import { imageArchive } from '../../archive/image.js';
import { entriesOf, type Layer, layerOf } from '../../archive/layer.js';
import {
  type Adopted,
  type Branch,
  isWritable,
  MountError,
  type MountOptions,
  type Union,
} from '../../backend.js';
import type { Bytes } from '../../bytes.js';
import { openDirectory } from '../../system/directory.js';
import { SystemError } from '../../system/errno.js';
import { unmountFileSystem } from '../../system/mount.js';
import { bindMount } from '../../system/mount-tree.js';
import { runOrFail } from '../../system/programs.js';
import { EngineError } from './client.js';
import { CopiedBranches } from './copied-layers.js';
import type { Engine } from './engine.js';
import { startContainer } from './start-container.js';
import type { StorageDriver } from './storage-driver.js';
import { Undo } from './undo.js';

/** Where in a container the branches are: what its root holds besides is the engine's. */
const PLACE = 'union' as Bytes;

const madeOf = new WeakMap<Union, readonly Branch[]>();

/** What a union was made of, highest first. */
export function branchesOf(union: Union): readonly Branch[] {
  return madeOf.get(union) ?? [];
}

/**
 * A union as an engine makes it: read-only branches are layers of an image, above one with a
 * program; the writable branch is the layer of a container. Without one the container is
 * read-only. Each branch's path then shows the driver's own directory.
 * @throws MountError
 */
export function adoptBranches(
  engine: Engine,
  driver: StorageDriver,
  base: Layer,
  branches: readonly Branch[],
  { readOnly = false }: MountOptions = {},
): Adopted {
  const { client } = engine;
  const [top, ...rest] = branches;
  if (top === undefined || rest.some(isWritable)) {
    throw new MountError('a branch other than the highest is writable: a container writes to one layer');
  }
  const lowers = isWritable(top) ? rest : branches;
  const undo = new Undo();
  const remove = (parameters: readonly string[]) => {
    if (engine.state() === 'alive') client(parameters); // else it is gone with the engine
  };
  try {
    const layers = [base, ...lowers.map(layerIn).reverse()];
    const load = (all: readonly Layer[]) => {
      const image = loadImage(engine, all);
      undo.push(() => remove(['image', 'rm', '--force', image]));
      return image;
    };
    const copyOf = (all: readonly Layer[]) => {
      load(all);
      const directories = engine.layers.directoriesOf(all.map(({ diffId }) => diffId));
      return `${directories.at(-1)}/${PLACE}` as Bytes;
    };
    const readOnlyRoot = isWritable(top) && !readOnly ? [] : ['--read-only'];
    const options = [...engine.containerOptions, ...engine.idleOptions, ...readOnlyRoot];
    const id = client(['container', 'create', ...options, load(layers)]);
    undo.push(() => remove(['container', 'rm', '--force', '--volumes', id]));
    const stack = engine.layers.stackOf(id);
    const own = `${stack.container}/${PLACE}` as Bytes;
    const copies = driver.layers === 'copies' ? new CopiedBranches(branches, driver.format) : undefined;
    if (isWritable(top)) {
      let beginning = top.path;
      if (lowers.length > 0) copies?.beginAbove(own);
      if (copies !== undefined && openDirectory(top.path).list('' as Bytes).length > 0) {
        // How a layer is put over others is what an engine knows: the copy to begin with is that of an image.
        beginning = copyOf([...layers, layerIn(top)]);
        runOrFail(['rm', '--recursive', '--force', '--', own], '/');
      }
      runOrFail(['cp', '--archive', '--no-target-directory', '--', beginning, own], '/');
      copies?.beginWith(own);
      undo.push(() => copies?.end());
      undo.push(show(own, top.path));
    }
    for (const [index, { path }] of lowers.entries()) {
      undo.push(show(`${stack.image[index]}/${PLACE}` as Bytes, path));
    }
    const mount = () => {
      const union = startContainer(engine, id, PLACE);
      madeOf.set(union, branches);
      return union;
    };
    const release = () => undo.all();
    return { mount, release, ...(copies && { readBranch: (path: Bytes) => copies.read(path) }) };
  } catch (failure) {
    const isRefusal = failure instanceof EngineError || failure instanceof SystemError;
    throw undo.because(isRefusal ? new MountError(failure.message) : failure);
  }
}

function layerIn({ path }: Branch): Layer {
  return layerOf(entriesOf(openDirectory(path), PLACE));
}

function loadImage({ client, label: [name, value] }: Engine, layers: readonly Layer[]): string {
  const { archive, id } = imageArchive({ layers, command: idleCommand, labels: { [name]: value } });
  client(['image', 'load', '--quiet'], archive);
  return id;
}

/** @returns what hides it again. */
function show(source: Bytes, target: Bytes): () => void {
  bindMount(source, target);
  return () => unmountFileSystem(target);
}
