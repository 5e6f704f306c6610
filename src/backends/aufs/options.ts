/**
 * The options of an aufs mount, as aufs(5) writes them. Every order and spelling here is one that
 * a real kernel has taken: aufs refuses what it does not know with a bare EINVAL.
 */
import type { Branch, BranchChange, MountOptions } from '../../backend.js';
import type { Bytes } from '../../bytes.js';

/**
 * How many branches one call of mount(2) names. aufs6.1-20240701 writes beyond the page in which it
 * collects the options when there are 127, and the kernel oopses; 70 are fine.
 */
const AT_ONCE = 32;

/** How a path is written; options are separated by `,`, branches by `:`, and modes by `=`. */
export type Written = (path: Bytes) => string;

export interface Calls {
  /** The options of mount(2). */
  readonly mount: string;
  /** Those of the calls with MS_REMOUNT that add the branches for which the first had no room. */
  readonly remounts: readonly string[];
}

/** Whether a path is taken for something else in an option: nothing can be escaped. */
export function isMisread(path: Bytes): boolean {
  return /[,:=]/.test(path);
}

/**
 * @param inodeFile where aufs keeps its inode numbers while it is mounted. It lies in the first
 * writable branch otherwise, or in /tmp, and both may be on a file system that cannot hold it.
 */
export function mountCalls(
  branches: readonly Branch[],
  options: MountOptions,
  inodeFile: string,
  written: Written,
): Calls {
  const { creation, copyUp, directAccess, modes, permissions } = options;
  const named = ({ path, mode }: Branch) => (modes === 'unsaid' ? written(path) : `${written(path)}=${mode}`);
  const mount = [
    `xino=${inodeFile}`,
    ...(creation === undefined ? [] : [`create=${creation}`]),
    ...(copyUp === undefined ? [] : [`cpup=${copyUp}`]),
    `br=${branches.slice(0, AT_ONCE).map(named).join(':')}`,
    ...(directAccess === undefined ? [] : [`udba=${directAccess}`]),
    ...(permissions === undefined ? [] : ['dirperm1']),
  ];
  return {
    mount: mount.join(','),
    remounts: branches.slice(AT_ONCE).map((branch) => `append=${named(branch)}`),
  };
}

/** The options of the call with MS_REMOUNT that changes a branch. */
export function changeOption(change: BranchChange, written: Written): string {
  switch (change.change) {
    case 'append':
    case 'prepend':
      return `${change.change}=${written(change.branch.path)}=${change.branch.mode}`;
    case 'insert':
      return `add:${change.at}:${written(change.branch.path)}=${change.branch.mode}`;
    case 'delete':
      return `del=${written(change.path)}`;
    case 'mode':
      return `mod=${written(change.path)}=${change.mode}`;
  }
}
