import { type Bytes, bytes } from '../bytes.js';
import { SystemError } from '../system/errno.js';
import {
  makeKernelDirectory,
  readKernelFile,
  removeKernelDirectory,
  writeKernelFile,
} from '../system/kernel-files.js';
import { waitFor } from '../system/wait.js';
import type { ControlGroup, Controller, CpuUsage, Limit, Version } from './control-group.js';
import { killIn, processesIn } from './removal.js';
import { copyCpuset, type RunGroups } from './run-groups.js';
import type { Order, Spelling } from './spelling.js';
import { v1 } from './v1.js';
import { v2 } from './v2.js';

const FROZEN_MS = 2_000;

const spellings: Readonly<Record<Version, Spelling>> = { v1, v2 };

const controllerOf: Readonly<Record<Limit['kind'], Controller>> = {
  'cpu-quota': 'cpu',
  'cpu-weight': 'cpu',
  memory: 'memory',
  pids: 'pids',
  cpus: 'cpuset',
  'write-rate': 'io',
};

/** A group of the kernel's: a directory of the same name in each hierarchy, below the run's. */
export class KernelGroup implements ControlGroup {
  readonly directories: readonly Bytes[];
  readonly #run: RunGroups;
  readonly #name: string;

  /**
   * @param found it is there: an engine has made it for a container, and `name` is a path.
   * @throws SystemError when it cannot be made; nothing is left then.
   */
  constructor(run: RunGroups, name: string, found?: 'found') {
    this.#run = run;
    this.#name = name;
    const places = [...new Set(Object.values(run.directories))];
    if (found === 'found') {
      this.directories = places.map((above) => bytes(`${above}/${name}`));
      return;
    }
    const made: string[] = [];
    try {
      for (const above of places) {
        makeKernelDirectory(`${above}/${name}`);
        made.push(`${above}/${name}`);
        if (above === run.directories.cpuset && this.#version('cpuset') === 'v1') {
          copyCpuset(`${above}/${name}`);
        }
      }
    } catch (failure) {
      for (const directory of made) removeKernelDirectory(directory);
      throw failure;
    }
    this.directories = made.map(bytes);
  }

  /** Of the controllers only freezing may be there twice. */
  #version(controller: Controller): Version {
    const [version] = this.#run.carriers[controller];
    if (version === undefined) throw new SystemError('ENOENT', 'control group', controller);
    return version;
  }

  #path(file: string): string {
    const directory = this.#run.directories[file.slice(0, file.indexOf('.'))];
    if (directory === undefined) throw new SystemError('ENOENT', 'open', file);
    return `${directory}/${this.#name}/${file}`;
  }

  #obey({ file, text, optional }: Order): void {
    try {
      this.write(file, text);
    } catch (failure) {
      if (!(optional && failure instanceof SystemError && failure.errno === 'ENOENT')) throw failure;
    }
  }

  limit(limit: Limit): void {
    for (const order of spellings[this.#version(controllerOf[limit.kind])].limit(limit)) this.#obey(order);
  }

  cpuUsage(): CpuUsage {
    return spellings[this.#version('cpu')].cpuUsage((file) => this.read(file));
  }

  memoryKills(): number {
    return spellings[this.#version('memory')].memoryKills((file) => this.read(file));
  }

  memoryUsed(): number {
    return spellings[this.#version('memory')].memoryUsed((file) => this.read(file));
  }

  processes(): readonly number[] {
    return [...new Set(this.directories.flatMap(processesIn))];
  }

  admit(pid: number): void {
    for (const directory of this.directories) writeKernelFile(`${directory}/cgroup.procs`, String(pid));
  }

  freeze(by: Version): void {
    this.#obey(spellings[by].freeze);
    this.#awaitFrozen(by, true);
  }

  thaw(by: Version): void {
    this.#obey(spellings[by].thaw);
    this.#awaitFrozen(by, false);
  }

  #awaitFrozen(by: Version, wanted: boolean): void {
    const isFrozen = () => spellings[by].isFrozen((file) => this.read(file));
    const reached = waitFor(() => (isFrozen() === wanted ? true : undefined), FROZEN_MS);
    if (reached === undefined) throw new SystemError('ETIMEDOUT', wanted ? 'freeze' : 'thaw', this.#name);
  }

  kill(): void {
    killIn(this.directories);
  }

  read(file: string): string {
    return readKernelFile(this.#path(file));
  }

  write(file: string, text: string): void {
    writeKernelFile(this.#path(file), text);
  }

  remove(): void {
    for (const directory of this.directories) removeKernelDirectory(directory);
  }
}
