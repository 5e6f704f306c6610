import { readFileSync } from 'node:fs';
import { type Bytes, toBuffer } from '../bytes.js';
import { ContainerError, type ContainerProcess } from '../container.js';
import { errnoName, SystemError } from '../system/errno.js';
import { collectChild, type ProcessEnd, startProgram } from '../system/processes.js';

/** What a program of the container finds in its environment: nothing of the host's. */
const environment = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/' };

/** A process in a container that is a child of this one, and what it has printed. */
export class NativeProcess implements ContainerProcess {
  readonly pid: number;
  /** The child; the parent of `pid` where a program of the host stays in between. */
  readonly #child: number;
  readonly #log: Bytes;
  #end: ProcessEnd | undefined;

  private constructor(child: number, pid: number, log: Bytes) {
    this.#child = child;
    this.pid = pid;
    this.#log = log;
  }

  /** @throws ContainerError when the command's first program is not on the host. */
  static start(command: readonly string[], log: Bytes, descriptors: readonly number[] = []): NativeProcess {
    const directory = Buffer.from('/');
    const child = startProgram(command, { directory, log: toBuffer(log), environment, descriptors });
    if (child === undefined) throw new ContainerError(`${command[0]} could not be started`);
    return new NativeProcess(child, child, log);
  }

  /** The same, known by the only child of the process that was started. */
  behind(): NativeProcess {
    const children = readFileSync(`/proc/${this.#child}/task/${this.#child}/children`, 'latin1');
    const pid = Number.parseInt(children, 10);
    if (Number.isNaN(pid)) throw new ContainerError(`${this.output()} (it has no child)`);
    return new NativeProcess(this.#child, pid, this.#log);
  }

  output(): string {
    return readFileSync(toBuffer(this.#log), 'utf8');
  }

  signal(signal: NodeJS.Signals): void {
    try {
      process.kill(this.pid, signal);
    } catch (failure) {
      throw new SystemError(errnoName(-((failure as NodeJS.ErrnoException).errno ?? 0)), 'kill');
    }
  }

  wait(limit: number): ProcessEnd | undefined {
    this.#end ??= collectChild(this.#child, limit);
    return this.#end;
  }
}
