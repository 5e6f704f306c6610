/**
 * The group of a run: one in each hierarchy that carries something, in which all groups of its
 * scenarios are made. It is made and removed outside of the sandboxes; who is in one makes
 * groups below it only, so that none can appear once it is gone.
 */
import { existsSync } from 'node:fs';
import { SystemError } from '../system/errno.js';
import { makeKernelDirectory, readKernelFile, writeKernelFile } from '../system/kernel-files.js';
import { type Controller, controllers, type Version } from './control-group.js';
import { type Hierarchy, mountedHierarchies, pathDown } from './hierarchies.js';

export interface RunGroups {
  /** That of the run: `src/control-groups/run-name.ts`. */
  readonly name: string;
  /**
   * The run's group by the first part of a file's name: `cpu` for `cpu.shares` and `cpu.max`,
   * `cgroup` for the files that every group of version 2 has.
   */
  readonly directories: Readonly<Record<string, string>>;
  /** Which versions carry a controller here; both can freeze. */
  readonly carriers: Readonly<Record<Controller, readonly Version[]>>;
  /** What could not be had, by the kernel's name for it: `cgroup` is all of version 2. */
  readonly refusals: readonly Refusal[];
}

export interface Refusal {
  readonly version: Version;
  readonly name: string;
  /** What was tried, and what came back. */
  readonly reason: string;
}

/** The kernel's names for a controller. Freezing is no controller of version 2: each of its groups can. */
export const kernelNames: Readonly<Record<Version, Readonly<Record<Controller, readonly string[]>>>> = {
  v1: {
    cpu: ['cpu', 'cpuacct'],
    memory: ['memory'],
    pids: ['pids'],
    cpuset: ['cpuset'],
    io: ['blkio'],
    freezer: ['freezer'],
  },
  v2: {
    cpu: ['cpu'],
    memory: ['memory'],
    pids: ['pids'],
    cpuset: ['cpuset'],
    io: ['io'],
    freezer: ['cgroup'],
  },
};

const controllersOfV2 = ['cpu', 'memory', 'pids', 'cpuset', 'io'];

const weights = {
  v1: { file: 'cpu.shares', usual: '1024', highest: '262144' },
  v2: { file: 'cpu.weight', usual: '100', highest: '10000' },
} as const;

/** Makes the run's groups wherever this user may. What the host refuses is in the result. */
export function makeRunGroups(name: string): RunGroups {
  const directories: Record<string, string> = {};
  const refusals: Refusal[] = [];
  for (const hierarchy of mountedHierarchies()) {
    const { version } = hierarchy;
    const names = version === 'v1' ? hierarchy.controllers : ['cgroup'];
    const refuse = (refused: string, reason: string) => refusals.push({ version, name: refused, reason });
    try {
      const directory = makeHighest(hierarchy, name);
      for (const part of names) directories[part] = directory;
      if (version === 'v2') {
        for (const part of enableControllers(directory, refuse)) directories[part] = directory;
      }
      if (names.includes('cpuset')) copyCpuset(directory);
    } catch (failure) {
      if (!(failure instanceof SystemError)) throw failure;
      for (const refused of names) refuse(refused, failure.message);
    }
  }
  return { name, directories, carriers: carriersIn(directories), refusals };
}

/** Makes a group in the highest place where this user may. @throws SystemError of the last try */
function makeHighest(hierarchy: Hierarchy, name: string): string {
  const places = pathDown(hierarchy);
  for (const [index, place] of places.entries()) {
    try {
      makeKernelDirectory(`${place}/${name}`);
      return `${place}/${name}`;
    } catch (failure) {
      if (index === places.length - 1) throw failure;
    }
  }
  throw new Error('a hierarchy has a root');
}

/**
 * Makes controllers of version 2 work in the groups below the run's; those that do. One stays on
 * where it was switched on above: somebody else may have come to count on it since.
 */
function enableControllers(directory: string, refuse: (name: string, reason: string) => void): string[] {
  const above = directory.slice(0, directory.lastIndexOf('/'));
  const isTaken = hasOwnProcesses(above);
  return controllersOfV2.filter((name) => {
    if (!wordsOf(`${above}/cgroup.controllers`).includes(name)) {
      refuse(name, `${name} is not in ${above}/cgroup.controllers`);
      return false;
    }
    if (isTaken) {
      refuse(name, `${above} has processes of its own, so no group below it can have ${name} (EBUSY)`);
      return false;
    }
    try {
      if (!wordsOf(`${above}/cgroup.subtree_control`).includes(name)) {
        writeKernelFile(`${above}/cgroup.subtree_control`, `+${name}`);
      }
      writeKernelFile(`${directory}/cgroup.subtree_control`, `+${name}`);
      return true;
    } catch (failure) {
      if (!(failure instanceof SystemError)) throw failure;
      refuse(name, `${failure.message} (+${name})`);
      return false;
    }
  });
}

/**
 * Only the root may have processes and groups with controllers: elsewhere some controllers are
 * refused then, and others change the group into one that takes no processes below it.
 */
function hasOwnProcesses(group: string): boolean {
  return existsSync(`${group}/cgroup.type`) && readKernelFile(`${group}/cgroup.procs`) !== '';
}

/** How much of a busy machine the run's groups get together, beside all that is in none of them. */
export function weighRun({ directories, carriers }: RunGroups, weight: 'usual' | 'highest'): void {
  const [version] = carriers.cpu;
  if (version === undefined) return;
  const { file, [weight]: text } = weights[version];
  writeKernelFile(`${directories.cpu}/${file}`, text);
}

/** A group of version 1 begins without CPUs and memory nodes, and takes no process then (ENOSPC). */
export function copyCpuset(directory: string): void {
  const above = directory.slice(0, directory.lastIndexOf('/'));
  for (const file of ['cpuset.cpus', 'cpuset.mems']) {
    writeKernelFile(`${directory}/${file}`, readKernelFile(`${above}/${file}`).trim());
  }
}

function carriersIn(directories: Readonly<Record<string, string>>): RunGroups['carriers'] {
  const isIn = (version: Version, name: string) =>
    name in directories && (directories[name] === directories.cgroup) === (version === 'v2');
  const carriersOf = (controller: Controller) =>
    (['v1', 'v2'] as const).filter((version) =>
      kernelNames[version][controller].every((name) => isIn(version, name)),
    );
  return Object.fromEntries(
    controllers.map((controller) => [controller, carriersOf(controller)]),
  ) as unknown as RunGroups['carriers'];
}

function wordsOf(file: string): string[] {
  return readKernelFile(file).trim().split(/\s+/);
}
