import { readFileSync } from 'node:fs';
import type { Union } from '../backend.js';
import { type Bytes, bytes, display } from '../bytes.js';
import {
  type Container,
  ContainerError,
  type ContainerProcess,
  type ContainerRuntime,
  type ContainerSpec,
  type SharedDirectory,
} from '../container.js';
import { NativeProcess } from '../containers/native-process.js';
import { openDirectory } from '../system/directory.js';
import { type LoopDevice, openLoopDevice } from '../system/loop-device.js';
import { Lxcfs } from '../system/lxcfs.js';
import { detachMount, listMounts, mountFileSystem } from '../system/mount.js';
import { setPropagation } from '../system/mount-tree.js';
import { waitFor } from '../system/wait.js';
import type {
  ContainerAct,
  ContainerParts,
  ContainerSeen,
  ProcessLook,
  Ran,
  Where,
} from './container-protocol.js';

/** How long what is run to its end may take; milliseconds. */
const RUN_LIMIT_MS = 8000;

/** What a container is made of where a scenario says nothing else. */
const whole: ContainerSpec = {
  namespaces: ['mount', 'pid', 'uts', 'ipc', 'network'],
  root: 'pivot_root',
  proc: true,
  directories: [],
  controlGroups: [],
};

export interface Stage {
  /** Mounted when it is first asked for. */
  readonly union: () => Union;
  readonly runtime: ContainerRuntime;
  readonly privileged: boolean;
  /** Makes a directory of this scenario; its absolute path. */
  readonly makeDirectory: (name: string) => Bytes;
  /** Where a process joins a control group of this scenario. */
  readonly directoriesOf: (controlGroup: string) => readonly Bytes[];
}

/** The containers of one scenario, the processes in them and beside them, and what the host sees of both. */
export class ScenarioContainers {
  readonly #stage: Stage;
  readonly #containers = new Map<string, Container>();
  /** By name; the first process of a container goes by the container's. */
  readonly #processes = new Map<string, ContainerProcess>();
  /** A directory of the host, for what a container must not see, or may. */
  readonly #host: Bytes;
  #isMount = false;
  #lxcfs: Lxcfs | undefined;
  #disk: LoopDevice | undefined;
  #logs = 0;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#host = stage.makeDirectory('host');
  }

  perform(act: ContainerAct): ContainerSeen {
    switch (act.act) {
      case 'start':
        return this.#start(act.container, act.parts, act.command);
      case 'run':
        return whatCame(this.#run(act.where, act.command), RUN_LIMIT_MS);
      case 'keep':
        this.#processes.set(act.process, this.#run(act.where, act.command));
        return null;
      case 'await':
        return whatCame(this.#process(act.process), act.limit);
      case 'await-output': {
        const found = this.#process(act.process);
        waitFor(() => found.output().includes(act.text) || undefined, RUN_LIMIT_MS);
        return whatCame(found, 0);
      }
      case 'signal':
        this.#process(act.process).signal(act.signal);
        return null;
      case 'make-disk':
        return this.#makeDisk(act.size);
      case 'look':
        return lookAtProcess(this.#process(act.process).pid);
      case 'mounts':
        return { mounts: mountsOf(act.where === null ? 'self' : this.#container(act.where).pid) };
    }
  }

  #container(name: string): Container {
    const container = this.#containers.get(name);
    if (container === undefined) throw new Error(`no container was started as ${name}`);
    return container;
  }

  #process(name: string): ContainerProcess {
    const found = this.#processes.get(name);
    if (found === undefined) throw new Error(`no process was started as ${name}`);
    return found;
  }

  /** The host's number of a process, or of a container's first one. */
  pidOf(name: string): number {
    return this.#process(name).pid;
  }

  #start(
    name: string,
    { directory, controlGroup, lxcfs = [], ...parts }: ContainerParts,
    command: readonly string[],
  ): null {
    const { union, runtime, privileged, makeDirectory, directoriesOf } = this.#stage;
    const spec: ContainerSpec = {
      ...whole,
      ...parts,
      directories: [
        ...(directory === undefined ? [] : [this.#shared(directory)]),
        ...lxcfs.map((file) => this.#ofLxcfs(file)),
      ],
      controlGroups: controlGroup === undefined ? [] : directoriesOf(controlGroup),
    };
    const place = { directory: makeDirectory(`container-${name}`), privileged };
    const container = runtime.start(union(), spec, this.#telling(command), place);
    this.#containers.set(name, container);
    this.#processes.set(name, container);
    return null;
  }

  #run(where: Where, command: readonly string[]): ContainerProcess {
    if (where !== null) return this.#container(where).exec(this.#telling(command));
    this.#logs += 1;
    const directory = this.#stage.makeDirectory(`run-${this.#logs}`);
    return NativeProcess.start(this.#telling(command), `${directory}/log` as Bytes);
  }

  /** A shell is told where the host's directory is. */
  #telling(command: readonly string[]): readonly string[] {
    const [shell = '', option = '', script = '', ...rest] = command;
    if (option !== '-c') return command;
    return [shell, option, `export HOST='${display(this.#host)}'; ${script}`, ...rest];
  }

  /** The host's directory as a mount whose copies know of each other, as most hosts have them. */
  #shared({ target, propagation }: NonNullable<ContainerParts['directory']>): SharedDirectory {
    this.#mountHost();
    return { source: this.#host, target, readOnly: false, propagation };
  }

  #mountHost(): void {
    if (this.#isMount) return;
    mountFileSystem('tmpfs', 'shared', this.#host, 'mode=0755');
    setPropagation(this.#host, 'shared');
    this.#isMount = true;
  }

  #makeDisk(size: number): ContainerSeen {
    this.#mountHost();
    this.#disk = openLoopDevice(`${this.#host}/disk.image` as Bytes, size);
    const { device } = this.#disk;
    openDirectory(this.#host).makeNode(bytes('disk'), 'block-device', 0o600, device);
    return { device };
  }

  /** A file of lxcfs, which runs beside the containers as long as the scenario. */
  #ofLxcfs(file: string): SharedDirectory {
    this.#lxcfs ??= Lxcfs.start(this.#stage.makeDirectory('lxcfs'));
    const source = `${this.#lxcfs.root}${file}` as Bytes;
    return { source, target: bytes(file), readOnly: false, propagation: 'private' };
  }

  /** Ends what is still running, containers first. */
  end(): void {
    for (const container of this.#containers.values()) container.end();
    for (const found of this.#processes.values()) {
      if (found.wait(0) === undefined) found.signal('SIGKILL');
      found.wait(RUN_LIMIT_MS);
    }
    this.#disk?.close();
    if (this.#isMount) detachMount(this.#host);
    this.#lxcfs?.end();
  }
}

function whatCame(of: ContainerProcess, limit: number): Ran {
  const end = of.wait(limit) ?? null;
  return { end, output: of.output() };
}

/** @throws ContainerError when it has ended. */
function lookAtProcess(pid: number): ProcessLook {
  let status: string;
  try {
    status = readFileSync(`/proc/${pid}/status`, 'latin1');
  } catch {
    throw new ContainerError(`there is no process ${pid} any more`);
  }
  const numbers = (field: string) =>
    (new RegExp(`^${field}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? '').split('\t').map(Number);
  return { pids: numbers('NSpid'), uid: numbers('Uid')[0] ?? -1 };
}

/** As `TYPE on PATH`, in the order of paths: a new mount namespace may list them in another one. */
function mountsOf(pid: number | 'self'): string[] {
  return listMounts(pid)
    .map(({ type, mountPoint }) => `${type} on ${display(mountPoint)}`)
    .sort();
}
