/**
 * Where podman keeps its layers: containers/storage lists them in `DRIVER-layers/layers.json`, each with the one below
 * it, and containers in `DRIVER-containers/containers.json`. The layer of a container is one like the others.
 */
import type { Bytes } from '../../bytes.js';
import { EngineError } from '../docker/client.js';
import { type LayerDatabase, noteIn } from '../docker/layer-database.js';
import type { StorageDriver } from '../docker/storage-driver.js';

interface NotedLayer {
  readonly id: string;
  readonly parent?: string;
  /** `sha256:HEX` of its archive; a container's has none. */
  readonly 'diff-digest'?: string;
}

interface NotedContainer {
  readonly id: string;
  readonly layer: string;
}

/** @param root the engine's directory. @param storage its driver's name. */
export function layerDatabase(root: Bytes, driver: StorageDriver, storage: string): LayerDatabase {
  const layers = () => JSON.parse(noteIn(`${root}/${storage}-layers/layers.json`)) as readonly NotedLayer[];
  const directory = (layer: string) => driver.directoryOf(root, layer);
  return {
    stackOf(container) {
      const notes = noteIn(`${root}/${storage}-containers/containers.json`);
      const own = (JSON.parse(notes) as readonly NotedContainer[]).find(({ id }) => id === container)?.layer;
      if (own === undefined) throw new EngineError(`podman notes no layer of container ${container}`, null);
      const [, ...image] = downFrom(own, layers());
      return {
        container: directory(own),
        init: undefined,
        image: image.map(directory),
        mountPoint: driver.mountPointOf(root, own),
      };
    },
    directoriesOf(diffIds) {
      const noted = layers();
      const digest = (layer: string) => noted.find(({ id }) => id === layer)?.['diff-digest'];
      const stacks = noted.map(({ id }) => downFrom(id, noted).reverse());
      const stack = stacks.find(
        (ids) => ids.length === diffIds.length && ids.every((id, index) => digest(id) === diffIds[index]),
      );
      if (stack === undefined) throw new EngineError(`podman notes no layers ${diffIds.join(', ')}`, null);
      return stack.map(directory);
    },
    metadataOf: (container) => `${root}/${storage}-containers/${container}/userdata` as Bytes,
  };
}

/** A layer and those below it, nearest first. */
function downFrom(layer: string, noted: readonly NotedLayer[]): string[] {
  const parent = noted.find(({ id }) => id === layer)?.parent;
  return [layer, ...(parent === undefined || parent === '' ? [] : downFrom(parent, noted))];
}
