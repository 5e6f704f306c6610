import type { MountRequest } from '../../fuse/mount-union.js';

/** The descriptor that the server hears requests on. */
export const SOCKET = 3;

export type Request =
  | { readonly kind: 'mount'; readonly mount: Omit<MountRequest, 'flags' | 'allowOther'> }
  /** Answered when the union that was mounted last has been unmounted and its branches hold everything. */
  | { readonly kind: 'wait' };

export type Answer = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly message: string };
