/**
 * The contract of a container: a union as root file system, namespaces and a control group
 * around the processes, and a root that was changed. Nothing else is in it, and no part
 * needs the others.
 *
 * A union that programs see gets its containers from `src/containers/`; an implementation
 * that makes containers its own way brings a `ContainerRuntime` with its backend. All of it
 * is synchronous and runs in the agent, whose sandbox is what "the host" means here.
 */
import type { Sandbox, Union } from './backend.js';
import type { Bytes } from './bytes.js';
import type { Capability } from './capability.js';
import type { ControlGroups } from './control-groups/control-group.js';
import type { ProcessEnd } from './system/processes.js';

/** namespaces(7). */
export type Namespace = 'mount' | 'pid' | 'uts' | 'ipc' | 'network' | 'user' | 'cgroup' | 'time';

/** Whether what is mounted later on one side shows on the other: on neither, inside, on both (mount_namespaces(7)). */
export type Propagation = 'private' | 'slave' | 'shared';

/** A directory of the host that the container sees too. */
export interface SharedDirectory {
  /** On the host; absolute. */
  readonly source: Bytes;
  /** An existing directory of the container; absolute. */
  readonly target: Bytes;
  readonly readOnly: boolean;
  /** Works where the source is a shared mount of the host. */
  readonly propagation: Propagation;
}

export interface ContainerSpec {
  /** What the container has of its own; the rest is the host's. */
  readonly namespaces: readonly Namespace[];
  /** How the union becomes `/`: pivot_root(2), chroot(2), or not at all. */
  readonly root: 'pivot_root' | 'chroot' | 'host';
  /** Whether a proc file system is mounted on /proc inside: one of the container's PID namespace, if it has one. */
  readonly proc: boolean;
  readonly directories: readonly SharedDirectory[];
  /** Needs the UTS namespace. */
  readonly hostname?: string;
  /** Seconds that CLOCK_BOOTTIME is ahead of the host's; needs the time namespace. */
  readonly uptimeOffset?: number;
  /**
   * Control groups that every process of the container is in before it executes its program:
   * absolute directories of one or more hierarchies (cgroups(7)).
   */
  readonly controlGroups: readonly Bytes[];
}

/** A process in a container. Its standard input is empty, and it has a descriptor for nothing else. */
export interface ContainerProcess {
  /** As the host numbers it. */
  readonly pid: number;
  /** What it has printed so far, to standard output and standard error. */
  output(): string;
  /** kill(2) from the host. @throws SystemError ESRCH when it has ended. */
  signal(signal: NodeJS.Signals): void;
  /**
   * Waits up to `limit` milliseconds for its end; undefined when it still runs. A status of
   * 126 is by convention that of a program that cannot be executed, 127 of one there is not.
   */
  wait(limit: number): ProcessEnd | undefined;
}

/** A container that was started: its first process, which is PID 1 where it has a PID namespace. */
export interface Container extends ContainerProcess {
  /** Starts a further process in the same namespaces, control groups and root. @throws ContainerError */
  exec(command: readonly string[]): ContainerProcess;
  /** Kills whatever runs in it, and removes what the runtime has made for it. */
  end(): void;
}

/** A container that could not be made: what a command line would end with 125 for. */
export class ContainerError extends Error {
  override readonly name = 'ContainerError';
}

export interface ContainerRuntime {
  /** How control groups are made, where it is not as in `src/control-groups/kernel-groups.ts`. */
  readonly controlGroups?: ControlGroups;
  /** What its containers can do, beside the capabilities of the union. */
  readonly capabilities: readonly Capability[];
  /**
   * Starts a container on a mounted union, with a command of the container as its first
   * process. `sandbox.directory` is an empty directory of this container alone.
   * @throws ContainerError; nothing is left then.
   */
  start(
    union: Union,
    spec: ContainerSpec,
    command: readonly string[],
    sandbox: Pick<Sandbox, 'directory' | 'privileged'>,
  ): Container;
}
