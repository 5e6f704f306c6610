/**
 * Where an engine keeps its layers, from what it notes beside its images: `image/DRIVER/layerdb` has a directory for
 * each chain of layers (OCI image specification, "Layer ChainID") and one for each container, and the name of a
 * layer's directory, which is random, in a file of it.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Bytes } from '../../bytes.js';
import { EngineError } from './client.js';
import type { StorageDriver } from './storage-driver.js';

/** What a container's union is made of: the driver's own directories, absolute. */
export interface Stack {
  /** The container's own layer. */
  readonly container: Bytes;
  /** What the engine itself puts between: mount points and files that it fills for each container, if it has such a layer. */
  readonly init: Bytes | undefined;
  /** The layers of the image, highest first. */
  readonly image: readonly Bytes[];
  /** Where the engine mounts the union of them while the container runs; in its own mount namespace. */
  readonly mountPoint: Bytes;
}

/** What an engine notes of its layers, and of its containers. */
export interface LayerDatabase {
  stackOf(container: string): Stack;
  /** @param diffIds of all layers of an image, lowest first. @returns the directories in the same order. */
  directoriesOf(diffIds: readonly string[]): readonly Bytes[];
  /** Where it keeps what it knows of a container beside its layer; absolute. */
  metadataOf(container: string): Bytes;
}

/** @param root the engine's directory. */
export function layerDatabase(root: Bytes, driver: StorageDriver): LayerDatabase {
  const directory = (layer: string) => driver.directoryOf(root, layer);
  const read = (file: string) => noteIn(`${root}/image/${driver.name}/layerdb/${file}`);
  const layerOfChain = (chain: string) => directory(read(`${chain.replace(':', '/')}/cache-id`));
  const parentOf = (chain: string) => {
    try {
      return read(`${chain.replace(':', '/')}/parent`);
    } catch {
      return undefined; // the lowest has none
    }
  };
  return {
    stackOf(container) {
      const note = (name: string) => read(`mounts/${container}/${name}`);
      const image: Bytes[] = [];
      for (let chain: string | undefined = note('parent'); chain !== undefined; chain = parentOf(chain)) {
        image.push(layerOfChain(chain));
      }
      const own = note('mount-id');
      const init = directory(note('init-id'));
      return { container: directory(own), init, image, mountPoint: driver.mountPointOf(root, own) };
    },
    directoriesOf: (diffIds) => chainsOf(diffIds).map(layerOfChain),
    metadataOf: (container) => `${root}/containers/${container}` as Bytes,
  };
}

/** Each layer is known by what is below it too: the digest of its parent's chain and its own. */
function chainsOf(diffIds: readonly string[]): readonly string[] {
  const chains: string[] = [];
  for (const diffId of diffIds) {
    const below = chains.at(-1);
    const digest = createHash('sha256').update(`${below} ${diffId}`).digest('hex');
    chains.push(below === undefined ? diffId : `sha256:${digest}`);
  }
  return chains;
}

/** @throws EngineError when it is not there, or not to be read. */
export function noteIn(path: string): string {
  try {
    return readFileSync(path, 'latin1').trim();
  } catch (failure) {
    const { code = String(failure) } = failure as NodeJS.ErrnoException;
    throw new EngineError(`what the engine notes cannot be read: ${path} (${code})`, null);
  }
}
