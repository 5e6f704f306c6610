import type { Sandbox } from '../backend.js';
import type { Bytes } from '../bytes.js';
import { ContainerError, type ContainerProcess, type ContainerSpec } from '../container.js';
import { SystemError } from '../system/errno.js';
import { startInPidNamespace } from '../system/namespaces.js';
import type { ProcessEnd } from '../system/processes.js';
import { waitFor } from '../system/wait.js';
import { ByFirstProcess } from './by-first-process.js';
import { enterCommand } from './command-lines.js';
import { endAll, mountNamespaceOf } from './end-all.js';
import { NativeProcess } from './native-process.js';

/** How long a process may take to enter, or to end when it was killed; milliseconds. */
const patience = 5000;

export type Place = Pick<Sandbox, 'directory' | 'privileged'>;

/** A container whose first process was started: what else happens in it, and its end. */
export class NativeContainer extends ByFirstProcess {
  protected readonly first: NativeProcess;
  readonly #spec: ContainerSpec;
  readonly #place: Place;
  readonly #further: NativeProcess[] = [];
  /** By which whatever runs in it is known; undefined where that is the host's. */
  readonly #namespace: string | undefined;

  constructor(first: NativeProcess, spec: ContainerSpec, place: Place) {
    super();
    this.first = first;
    this.#spec = spec;
    this.#place = place;
    if (spec.namespaces.includes('mount')) this.#namespace = mountNamespaceOf(first.pid);
  }

  /** PID 1 ends last: the kernel holds it until every process it takes along was collected, also by us. */
  override wait(limit: number): ProcessEnd | undefined {
    return waitFor(() => {
      for (const further of this.#further) further.wait(0);
      return this.first.wait(0);
    }, limit);
  }

  exec(command: readonly string[]): ContainerProcess {
    const log = `${this.#place.directory}/${this.#further.length + 1}.log` as Bytes;
    const start = () => NativeProcess.start(enterCommand(this.#spec, this.pid, command), log);
    try {
      const entered = this.#spec.namespaces.includes('pid') ? startInPidNamespace(this, start) : start();
      this.#further.push(entered);
      this.#awaitEntry(entered.pid);
      return entered;
    } catch (failure) {
      if (failure instanceof SystemError) throw new ContainerError(failure.message);
      throw failure;
    }
  }

  /** Until a process has entered, the death of the container is not its own. The mount namespace is entered last. */
  #awaitEntry(pid: number): void {
    if (this.#namespace === undefined) return;
    waitFor(() => [this.#namespace, undefined].includes(mountNamespaceOf(pid)) || undefined, patience);
  }

  end(): void {
    const children = [this.first, ...this.#further];
    for (const child of children.filter((each) => each.wait(0) === undefined)) child.signal('SIGKILL');
    if (this.#namespace !== undefined) endAll(this.#namespace);
    if (this.wait(patience) === undefined) throw new Error('the first process of a container does not end');
  }
}
