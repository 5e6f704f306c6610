/**
 * The contract of an image store: images that are stacks of layers, and containers that each
 * add a layer of their own. A container engine brings one with its backend (`Backend.images`).
 * All of it is synchronous and runs in the agent.
 *
 * Images and containers are known by what the store calls them, `sha256:HEX` and `HEX`.
 */
import type { Layer } from './archive/layer.js';
import type { ShownBranch } from './backend.js';
import type { Bytes } from './bytes.js';
import type { Limit } from './control-groups/control-group.js';
import type { Files } from './files.js';

/** What a store refuses, in its own words. */
export class ImageError extends Error {}

/** One step of how an image was made. */
export interface HistoryStep {
  /** The image that the step ended with; undefined where the store only knows that there was a step. */
  readonly image: string | undefined;
  readonly createdBy: string;
  /** Bytes that the step has added. */
  readonly size: number;
}

export interface ImageDescription {
  /** `sha256:HEX` of each layer's archive, lowest first. */
  readonly layers: readonly string[];
  /** Bytes of all layers. */
  readonly size: number;
}

/** What a container has changed: added, changed, deleted; absolute paths. */
export interface LayerChange {
  readonly kind: 'A' | 'C' | 'D';
  readonly path: Bytes;
}

/** A branch of a container's union: a directory of the store, and its mode in the words of aufs(5). */
export type UnionBranch = Pick<ShownBranch, 'path' | 'mode'>;

export interface ContainerLimits {
  readonly limits: readonly Limit[];
  /** Whether its /proc/meminfo is that of lxcfs(8), which shows the limits of who reads it. */
  readonly meminfo: 'of the kernel' | 'of lxcfs';
}

export interface ImageContainer {
  readonly id: string;
  /** What its processes see as `/`, while it runs. */
  readonly root: Files;
  /** Where the store mounts that; absolute. */
  readonly mountPoint: Bytes;
  /** The layer of its own, and the one that the store fills for each container; absolute. */
  readonly layer: Bytes;
  readonly initLayer: Bytes | undefined;
  /** Its control group, as a path below that of the run. */
  readonly controlGroup: string;
  /** What the store notes of it: the path of each file, and its text. */
  readonly metadata: ReadonlyMap<string, string>;
  changes(): readonly LayerChange[];
  /** What its union is made of, highest first, as the kernel shows it while the container runs. */
  branches(): readonly UnionBranch[];
  /** Runs a command line with the container's shell, as root. */
  run(commandLine: string): { readonly status: number; readonly output: string };
  /** Stops it, and starts it again. */
  restart(): void;
  /** Its layer stays; nothing runs in it any more. */
  stop(): void;
  remove(): void;
}

export interface ImageStore {
  /** Loads an image of these layers, lowest first. */
  load(layers: readonly Layer[]): string;
  /** Builds an image from another, by the instructions that follow `FROM` in a Dockerfile. */
  build(from: string, instructions: string): string;
  describe(image: string): ImageDescription;
  /** Newest first. */
  history(image: string): readonly HistoryStep[];
  /** Where each layer is kept; absolute, lowest first. */
  layerDirectories(image: string): readonly Bytes[];
  /** The layers that are noted to be below one, nearest first; of each the directory. */
  notedBelow(layer: Bytes): readonly Bytes[];
  /** Unpacks the archive of each layer, as the store exports it, below an empty directory; lowest first. */
  exportLayers(image: string, directory: Bytes): readonly Bytes[];
  /** Bytes that all images and containers that were made through it take on the disk. */
  diskUsage(): number;
  start(image: string, limits: ContainerLimits): ImageContainer;
  /** Makes an image of a container's layer and those below it. */
  commit(container: ImageContainer): string;
  /** Makes an image of one layer from all that a container shows. */
  flatten(container: ImageContainer, directory: Bytes): string;
  /** Takes an image to another store, as a file; `directory` is empty. */
  copyTo(other: ImageStore, image: string, directory: Bytes): void;
  /** The network namespace in which it looks for registries: a file of namespaces(7). */
  readonly network: string;
  /** Sends an image to a registry, as `HOST:PORT/REPOSITORY:TAG`. */
  push(image: string, reference: string): void;
  /** Fetches an image from a registry: that of a tag, or of a digest (`HOST:PORT/REPOSITORY@sha256:HEX`). */
  pull(reference: string): string;
  /** Removes one image; layers that another has stay. */
  removeImage(image: string): void;
  /** A store of the same kind that shares nothing with this one. */
  another(): ImageStore;
  /** Removes every image and container that was made through it. */
  clear(): void;
}
