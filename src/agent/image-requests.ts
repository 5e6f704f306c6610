/** What a worker asks of the images and containers of a scenario, which are known by the names it gives them. */
import type { Bytes } from '../bytes.js';
import type { ContainerLimits, HistoryStep, ImageDescription, LayerChange } from '../images.js';
import type { Entry } from '../tree/tree.js';
import type { Planted } from './protocol.js';

/** A layer that a scenario writes down; a whiteout in it is a marker of its archive. */
export interface LayerSpec {
  readonly name: string;
  readonly entries: readonly (readonly [path: Bytes, planted: Planted])[];
}

/** Makes or changes something. */
export type ImageAct =
  /** Loads an image of layers, highest first, above those of another. */
  | {
      readonly act: 'load';
      readonly image: string;
      readonly on: string;
      readonly layers: readonly LayerSpec[];
    }
  | { readonly act: 'build'; readonly image: string; readonly from: string; readonly instructions: string }
  | {
      readonly act: 'start';
      readonly container: string;
      readonly image: string;
      readonly there: boolean;
      readonly limits?: ContainerLimits;
    }
  /** Makes the control group of a container known by a name of the scenario. */
  | { readonly act: 'control-group'; readonly container: string; readonly group: string }
  | { readonly act: 'run'; readonly container: string; readonly command: string }
  | { readonly act: 'restart' | 'stop' | 'remove'; readonly container: string }
  | { readonly act: 'commit' | 'flatten'; readonly container: string; readonly image: string }
  | { readonly act: 'take-away' | 'remove-image'; readonly image: string }
  /** Gives an image to the registry of the scenario, under the name of another or its own. */
  | { readonly act: 'push'; readonly image: string; readonly as: string }
  /** Fetches what the registry has under the name `from`, or under the digest that image `from` had when it was pushed. */
  | {
      readonly act: 'pull';
      readonly image: string;
      readonly from: string;
      readonly by: 'name' | 'digest';
      readonly there: boolean;
    };

/** Changes nothing. */
export type ImageQuestion =
  | { readonly ask: 'describe'; readonly image: string; readonly there: boolean }
  | { readonly ask: 'history'; readonly image: string }
  /** The layers as they are exported: trees with the markers of archives, lowest first. */
  | { readonly ask: 'archived'; readonly image: string }
  /** The layers as the registry keeps them: trees with the markers of archives, lowest first. */
  | { readonly ask: 'in-registry'; readonly image: string }
  /** Which layers of an image were sent to the registry, or fetched from it, by the last push or pull. */
  | { readonly ask: 'moved'; readonly image: string }
  /** The layers as they are kept: trees with their markers explained, lowest first. */
  | { readonly ask: 'stored'; readonly image: string }
  | { readonly ask: 'disk-usage' }
  /** What is listed where the store mounts its union: nothing, too, when there is no such directory. */
  | { readonly ask: 'mount-point'; readonly container: string }
  /** The layer that the store adds, with its markers explained. */
  | { readonly ask: 'init'; readonly container: string }
  /** The layers that are noted below those of an image, lowest first, or below the one of a container. */
  | { readonly ask: 'noted'; readonly image: string }
  | { readonly ask: 'noted-below' | 'branches'; readonly container: string }
  | { readonly ask: 'layer'; readonly container: string; readonly raw: boolean }
  | { readonly ask: 'read'; readonly container: string; readonly path: Bytes }
  | { readonly ask: 'changes' | 'metadata'; readonly container: string };

export type ImageRequest = ImageAct | ImageQuestion;

/** One layer of an image as a tree, and where it is. */
export interface SeenLayer {
  readonly directory: Bytes;
  readonly tree: readonly Entry[];
}

/** Which layer a directory is of: that of a container, what the store adds to it, the Nth lowest of its image. */
export type LayerPlace = 'own' | 'init' | number | 'unknown';

export type ImageAnswer =
  | { readonly done: true }
  | ({ readonly id: string } & ImageDescription & {
        /** The digests of those of its layers that were made here. */
        readonly loaded: readonly string[];
      })
  /** Newest first. */
  | { readonly history: readonly HistoryStep[] }
  | { readonly trees: readonly SeenLayer[] }
  /** 0 for the lowest layer. */
  | { readonly moved: readonly number[] }
  | { readonly notes: readonly (readonly LayerPlace[])[] }
  | { readonly places: readonly LayerPlace[]; readonly image: string }
  | {
      /** Highest first. */
      readonly branches: readonly { readonly place: LayerPlace; readonly mode: string }[];
      readonly image: string;
    }
  | { readonly bytes: number }
  | { readonly status: number; readonly output: string }
  | { readonly paths: readonly Bytes[] }
  /** Null: there is no such file. */
  | { readonly content: Bytes | null }
  | { readonly changes: readonly LayerChange[] }
  | {
      readonly metadata: Readonly<Record<string, string>>;
      readonly container: string;
      readonly image: string;
    };
