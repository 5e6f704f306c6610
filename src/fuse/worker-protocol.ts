/** What the thread that serves unions, one after the other, and the thread that started it tell each other. */
import type { Branch, MountOptions } from '../backend.js';

export interface Assignment {
  readonly branches: readonly Branch[];
  readonly options: MountOptions;
}

/** To the serving thread. */
export type Order =
  /** Open the branches; it answers `ready` or `refused`. */
  | { readonly kind: 'open'; readonly assignment: Assignment }
  /** Serve them through this descriptor of /dev/fuse, which stays open; it answers `ended`. */
  | { readonly kind: 'serve'; readonly device: number }
  /** They could not be mounted; it answers `ended`. */
  | { readonly kind: 'close' };

export type Report =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly message: string }
  /** The union was unmounted, and its branches hold everything. */
  | { readonly kind: 'ended' };

/** What the kernel is to be told by a thread that may wait. */
export interface Errand {
  readonly kind: 'notifications';
  readonly messages: readonly Uint8Array[];
}

/** What the thread is started with. */
export interface Start {
  /** How many errands are done: a number of 32 bits, that the thread waits for. */
  readonly done: SharedArrayBuffer;
}
