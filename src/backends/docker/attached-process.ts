import { constants } from 'node:os';
import type { ContainerProcess } from '../../container.js';
import type { NativeProcess } from '../../containers/native-process.js';
import { errnoName, SystemError } from '../../system/errno.js';
import type { ProcessEnd } from '../../system/processes.js';

const signals = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

/** A process of a container with a client attached to it, which prints what it prints. */
export class AttachedProcess implements ContainerProcess {
  readonly #client: NativeProcess;
  readonly #pid: number | undefined;
  readonly #statusOf: (status: number) => number;
  #end: ProcessEnd | undefined;

  /**
   * @param pid undefined when it had ended before it was seen.
   * @param statusOf its own status, from that of the client.
   */
  constructor(client: NativeProcess, pid: number | undefined, statusOf: (status: number) => number) {
    this.#client = client;
    this.#pid = pid;
    this.#statusOf = statusOf;
  }

  /** Of one that has ended it is that of the client, which has ended too. */
  get pid(): number {
    return this.#pid ?? this.#client.pid;
  }

  output(): string {
    return this.#client.output();
  }

  signal(signal: NodeJS.Signals): void {
    if (this.#pid === undefined) throw new SystemError('ESRCH', 'kill');
    try {
      process.kill(this.#pid, signal);
    } catch (failure) {
      throw new SystemError(errnoName(-((failure as NodeJS.ErrnoException).errno ?? 0)), 'kill');
    }
  }

  /** An engine tells a signal as 128 and its number, as a shell does. */
  wait(limit: number): ProcessEnd | undefined {
    if (this.#end !== undefined) return this.#end;
    const end = this.#client.wait(limit);
    if (end?.kind !== 'exited') return end;
    const status = this.#statusOf(end.status);
    const signal = signals.get(status - 128) as NodeJS.Signals | undefined;
    this.#end = signal === undefined ? { kind: 'exited', status } : { kind: 'killed', signal };
    return this.#end;
  }
}
