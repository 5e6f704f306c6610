import type { Bytes } from '../../bytes.js';
import type { Client } from './client.js';

/** A container engine that runs, and answers its client. */
export interface Engine {
  readonly client: Client;
  readonly version: string;
  /** Where it keeps images and containers; absolute. */
  readonly directory: Bytes;
  /** A directory of proc(5) in which the processes of its containers are. */
  readonly proc: string;
  /** What every container and image of this run is given, `NAME=VALUE`. */
  readonly label: readonly [name: string, value: string];
  state(): 'alive' | 'dead';
  /** The end of what it has printed. */
  log(): string;
  /** Ends what is left of it outside of the sandbox. */
  close(): void;
}
