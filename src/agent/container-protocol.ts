/** What a worker asks of its agent about containers, and what it gets. */
import type { Bytes } from '../bytes.js';
import type { ContainerSpec, Propagation } from '../container.js';
import type { Device } from '../files.js';
import type { ProcessEnd } from '../system/processes.js';

/** The parts of a container that are other than usual (`whole` of `src/agent/containers.ts`). */
export interface ContainerParts extends Partial<Omit<ContainerSpec, 'directories' | 'controlGroups'>> {
  /** By its name in the scenario. */
  readonly controlGroup?: string;
  /** Files of /proc in whose place the container sees those of lxcfs; absolute. */
  readonly lxcfs?: readonly string[];
  /** Where the container sees a directory of the host that is a mount of its own; absolute. */
  readonly directory?: { readonly target: Bytes; readonly propagation: Propagation };
}

/** A container by its name; null is the host. */
export type Where = string | null;

/**
 * Commands are lists of arguments. Where one is run by a shell, the variable HOST of its
 * environment names a directory of the host that belongs to the scenario.
 */
export type ContainerAct =
  /** Starts a container; its first process goes by the name of the container. */
  | {
      readonly act: 'start';
      readonly container: string;
      readonly parts: ContainerParts;
      readonly command: readonly string[];
    }
  /** Runs a command to its end. */
  | { readonly act: 'run'; readonly where: Where; readonly command: readonly string[] }
  /** Starts a command and keeps it running. */
  | {
      readonly act: 'keep';
      readonly process: string;
      readonly where: Where;
      readonly command: readonly string[];
    }
  /** Waits up to `limit` milliseconds for the end of a process. */
  | { readonly act: 'await'; readonly process: string; readonly limit: number }
  /** Waits until a process has printed something. */
  | { readonly act: 'await-output'; readonly process: string; readonly text: string }
  /** kill(2) from the host. */
  | { readonly act: 'signal'; readonly process: string; readonly signal: NodeJS.Signals }
  /** Makes a block device of so many bytes, and the node `disk` for it in the host's directory. */
  | { readonly act: 'make-disk'; readonly size: number }
  | { readonly act: 'look'; readonly process: string }
  | { readonly act: 'mounts'; readonly where: Where };

export interface Ran {
  /** Null when it still runs. */
  readonly end: ProcessEnd | null;
  readonly output: string;
}

/** What the host sees of a process (proc_pid_status(5)). */
export interface ProcessLook {
  /** Its number in each PID namespace that has one for it, the host's first. */
  readonly pids: readonly number[];
  /** As the host counts users. */
  readonly uid: number;
}

export type ContainerSeen =
  | null
  | Ran
  | ProcessLook
  | { readonly device: Device }
  | { readonly mounts: readonly string[] };
