/** What a worker asks of its agent about control groups, and what it gets. */
import type { CpuUsage, Limit, Version } from '../control-groups/control-group.js';

/** Groups, processes and containers are known by their names in the scenario. */
export type GroupAct =
  | { readonly act: 'make'; readonly group: string; readonly limits: readonly Limit[] }
  | { readonly act: 'limit'; readonly group: string; readonly limits: readonly Limit[] }
  /** Also of a container's first process. */
  | { readonly act: 'admit'; readonly group: string; readonly process: string }
  | { readonly act: 'freeze' | 'thaw'; readonly group: string; readonly version: Version }
  /** Ends every process of the group. */
  | { readonly act: 'kill'; readonly group: string }
  /** rmdir(2). */
  | { readonly act: 'remove'; readonly group: string }
  /** One of the kernel's files. */
  | { readonly act: 'read'; readonly group: string; readonly file: string }
  | { readonly act: 'write'; readonly group: string; readonly file: string; readonly text: string }
  /** How many processes are in it, and how many its memory limit has killed. */
  | { readonly act: 'count'; readonly group: string; readonly what: 'processes' | 'memory kills' }
  /** Keeps every other scenario of this machine from measuring, until the end of this one. */
  | { readonly act: 'reserve' }
  /** Watches groups side by side for so many milliseconds. */
  | { readonly act: 'measure'; readonly groups: readonly string[]; readonly window: number };

/** What a group has used in a window, and how long that was at least and at most; microseconds. */
export interface Measured extends CpuUsage {
  readonly shortest: number;
  readonly longest: number;
}

export type GroupSeen =
  | null
  | { readonly text: string }
  | { readonly count: number }
  /** False while somebody else measures. */
  | { readonly reserved: boolean }
  /** In the order that was asked for. */
  | { readonly measured: readonly Measured[]; readonly cpus: number };
