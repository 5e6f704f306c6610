/**
 * Where an engine keeps its layers, from what it notes beside its images: `image/DRIVER/layerdb` has a directory for
 * each chain of layers (OCI image specification, "Layer ChainID") and one for each container, and the name of a
 * layer's directory, which is random, in a file of it.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Bytes } from '../../bytes.js';
import { EngineError } from './client.js';
import type { Engine } from './engine.js';
import type { StorageDriver } from './storage-driver.js';

/** What a container's union is made of: the driver's own directories, absolute. */
export interface Stack {
  /** The container's own layer. */
  readonly container: Bytes;
  /** What the engine itself puts between: mount points and files that it fills for each container. */
  readonly init: Bytes;
  /** The layers of the image, highest first. */
  readonly image: readonly Bytes[];
  /** Where the engine mounts the union of them while the container runs; in its own mount namespace. */
  readonly mountPoint: Bytes;
}

export function stackOf(engine: Engine, driver: StorageDriver, container: string): Stack {
  const note = (name: string) => read(engine, driver, `mounts/${container}/${name}`);
  const image: Bytes[] = [];
  for (let chain: string | undefined = note('parent'); chain !== undefined; ) {
    image.push(layerOfChain(engine, driver, chain));
    chain = parentOf(engine, driver, chain);
  }
  const directory = (id: string) => driver.directoryOf(engine.directory, id);
  const own = note('mount-id');
  return {
    container: directory(own),
    init: directory(note('init-id')),
    image,
    mountPoint: driver.mountPointOf(engine.directory, own),
  };
}

/** @param diffIds lowest first. @returns the directories in the same order. */
export function layerDirectories(
  engine: Engine,
  driver: StorageDriver,
  diffIds: readonly string[],
): readonly Bytes[] {
  return chainsOf(diffIds).map((chain) => layerOfChain(engine, driver, chain));
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

function layerOfChain(engine: Engine, driver: StorageDriver, chain: string): Bytes {
  return driver.directoryOf(engine.directory, read(engine, driver, `${chain.replace(':', '/')}/cache-id`));
}

function parentOf(engine: Engine, driver: StorageDriver, chain: string): string | undefined {
  try {
    return read(engine, driver, `${chain.replace(':', '/')}/parent`);
  } catch {
    return undefined; // the lowest has none
  }
}

function read(engine: Engine, driver: StorageDriver, file: string): string {
  const path = `${engine.directory}/image/${driver.name}/layerdb/${file}`;
  try {
    return readFileSync(path, 'latin1').trim();
  } catch (failure) {
    const { code = String(failure) } = failure as NodeJS.ErrnoException;
    throw new EngineError(`what the engine notes cannot be read: ${path} (${code})`, null);
  }
}
