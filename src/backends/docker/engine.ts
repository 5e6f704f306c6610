import type { Bytes } from '../../bytes.js';
import type { Client } from './client.js';

/** A container engine that runs, and answers its client. */
export interface Engine {
  readonly client: Client;
  readonly version: string;
  /** Where it keeps images and containers; absolute. */
  readonly directory: Bytes;
  /** What to put before a path to see it with the mounts of the engine. */
  readonly view: Bytes;
  /** The control group of all its containers, below that of the run. */
  readonly group: string;
  /** What every container and image of this run is given, `NAME=VALUE`. */
  readonly label: readonly [name: string, value: string];
  state(): 'alive' | 'dead';
  /** The end of what it has printed. */
  log(): string;
  /** Ends what is left of it outside of the sandbox. */
  close(): void;
}
