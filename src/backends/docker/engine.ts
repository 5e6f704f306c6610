import type { Bytes } from '../../bytes.js';
import type { Client } from './client.js';
import type { LayerDatabase } from './layer-database.js';

/** A container engine that runs, and answers its client. */
export interface Engine {
  readonly client: Client;
  readonly version: string;
  /** Which one it is, for people. */
  readonly note: string;
  /** Where it keeps images and containers; absolute. */
  readonly directory: Bytes;
  readonly layers: LayerDatabase;
  /** A directory of proc(5) in which the processes of its containers are. */
  readonly proc: string;
  /**
   * A directory that the engine sees as this sandbox does, with what is mounted in it; undefined for an engine outside
   * of the sandbox, whose containers' processes cannot be signalled from here either.
   */
  readonly shared: Bytes | undefined;
  /** The network namespace in which it looks for registries: a file of namespaces(7). */
  readonly network: string;
  /** What every container and image of this run is given, `NAME=VALUE`. */
  readonly label: readonly [name: string, value: string];
  /** The options with which each container is made. */
  readonly containerOptions: readonly string[];
  /** Those of one that does nothing but show its union, instead of a network: what the engine does least for. */
  readonly idleOptions: readonly string[];
  state(): 'alive' | 'dead';
  /** The end of what it has printed. */
  log(): string;
  /** Ends what is left of it outside of the sandbox. */
  close(): void;
}
