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
  /** Serve them through this descriptor of /dev/fuse; it answers `ended`. */
  | { readonly kind: 'serve'; readonly device: number }
  /** They could not be mounted; it answers `ended`. */
  | { readonly kind: 'close' };

export type Report =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly message: string }
  /** The union was unmounted, and its branches hold everything. */
  | { readonly kind: 'ended' };
