import type { Bytes } from '../../bytes.js';
import type { Capability } from '../../capability.js';
import type { Format } from '../../formats/format.js';
import { ImageError } from '../../images.js';
import type { ShownLayers } from './shown-layers.js';

/** One of an engine's ways to make a union of layers (`dockerd --storage-driver`). */
export interface StorageDriver {
  readonly name: string;
  readonly title: string;
  readonly capabilities: readonly Capability[];
  readonly format: Format;
  /** What the directory of a layer holds: what the layer changes, or a copy of all that shows in it. */
  readonly layers: 'changes' | 'copies';
  /** Where it keeps the content of a layer. @param root the engine's directory; absolute. */
  directoryOf(root: Bytes, layer: string): Bytes;
  /** Where it mounts the union of a container, which is known by its layer. */
  mountPointOf(root: Bytes, layer: string): Bytes;
  /** What can be seen of its layers besides; left out by a driver that has no list of them, or no mount to show. */
  readonly shown?: ShownLayers;
  /** How to get a machine that has it; left out where an engine that lacks it is the wrong one. */
  readonly howToGet?: string;
}

/** @throws ImageError when it is left out. */
export function shownBy({ name, shown }: StorageDriver): ShownLayers {
  if (shown === undefined) throw new ImageError(`${name} shows nothing of its layers`);
  return shown;
}
