/**
 * The contract of a control group (cgroups(7)): what processes may use, and what they have
 * used. The kernel has two versions of it, and a host may have both, each carrying some of
 * the controllers; a group of this contract is one name in as many hierarchies as it takes.
 *
 * All of it is synchronous and runs in the agent. Failures are `SystemError`s with an errno.
 */
import type { Bytes } from '../bytes.js';

/** What can be limited or done, by the names of version 2; `blkio` of version 1 is `io`. */
export const controllers = ['cpu', 'memory', 'pids', 'cpuset', 'io', 'freezer'] as const;

export type Controller = (typeof controllers)[number];

export type Version = 'v1' | 'v2';

/** A limit, in words that both versions have a spelling for. */
export type Limit =
  /** Microseconds of CPU time in each period of so many microseconds. */
  | { readonly kind: 'cpu-quota'; readonly quota: number; readonly period: number }
  /** Of the CPU time, in proportion to the groups beside it: 100 is usual, 1 to 10000 are possible. */
  | { readonly kind: 'cpu-weight'; readonly weight: number }
  /** Bytes of memory, without any swap beside it. */
  | { readonly kind: 'memory'; readonly bytes: number }
  /** Processes and threads. */
  | { readonly kind: 'pids'; readonly count: number }
  /** Numbers of CPUs, as in `0-1,3`. */
  | { readonly kind: 'cpus'; readonly cpus: string }
  /** Bytes a second that are written to one block device. */
  | { readonly kind: 'write-rate'; readonly device: string; readonly bytesPerSecond: number };

/** CPU time of all processes of a group and of the groups below it, since it was made. */
export interface CpuUsage {
  /** Microseconds, of all CPUs together. */
  readonly used: number;
  /** Periods in which a group with a quota had something to run, and those in which the quota was used up. */
  readonly periods: number;
  readonly throttled: number;
}

export interface ControlGroup {
  /**
   * Its directories, one for each hierarchy; absolute. A process that writes `0` to
   * `cgroup.procs` of each, before it executes a program, is in it with all that it does.
   */
  readonly directories: readonly Bytes[];
  limit(limit: Limit): void;
  cpuUsage(): CpuUsage;
  /** How often the kernel has killed a process because of the memory limit. */
  memoryKills(): number;
  /** Bytes charged to it now. */
  memoryUsed(): number;
  /** Process ids of the processes in it and in the groups below, as the agent numbers them. */
  processes(): readonly number[];
  /** Moves a process into it, with its threads. */
  admit(pid: number): void;
  /** Returns when every process of it has stopped, or goes on. */
  freeze(by: Version): void;
  thaw(by: Version): void;
  /** Ends every process in it, frozen or not, and waits for that. */
  kill(): void;
  /** One of the kernel's files by its name, which tells the hierarchy: `cpu.max`, `memory.limit_in_bytes`. */
  read(file: string): string;
  write(file: string, text: string): void;
  /** rmdir(2) of its directories, once. */
  remove(): void;
}

/** Makes control groups, below the one of the run. */
export interface ControlGroups {
  make(name: string): ControlGroup;
  /** One that somebody else has made there, such as an engine. @param name a path. */
  find(name: string): ControlGroup;
}
