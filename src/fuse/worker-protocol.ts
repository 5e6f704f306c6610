/** What the thread that serves a union and the thread that started it tell each other. */
import type { Branch, MountOptions } from '../backend.js';

/** What the serving thread is started with. */
export interface Assignment {
  readonly branches: readonly Branch[];
  readonly options: MountOptions;
}

/** To the serving thread, once it is ready: serve this descriptor of /dev/fuse. */
export interface Begin {
  readonly device: number;
}

export type Report =
  /** The branches are open. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly message: string }
  /** The union was unmounted, and its branches hold everything. */
  | { readonly kind: 'ended' };
