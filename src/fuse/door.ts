import type { IdleCpus } from '../system/idle-cpus.js';
import type { DirectoryUnion } from '../union/directory-union.js';
import type { Engine } from '../union/engine.js';
import type { BranchWatch } from './branch-watch.js';
import type { Handles } from './handles.js';
import type { Nodes } from './nodes.js';
import type { Notifications } from './notifications.js';
import type { PassThrough } from './pass-through.js';
import type { Reply } from './reply.js';

/** What the answers to requests are made of. */
export interface Door {
  readonly union: DirectoryUnion;
  readonly engine: Engine;
  readonly nodes: Nodes;
  readonly handles: Handles;
  readonly reply: Reply;
  readonly passThrough: PassThrough;
  /** The descriptor of /dev/fuse. */
  readonly device: number;
  readonly notifications: Notifications;
  /** With `udba=notify`. */
  readonly watch: BranchWatch | undefined;
  /** With `awake`. */
  readonly cpus: IdleCpus | undefined;
}
