import { closeSync, readSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MountError } from '../../backend.js';
import { type Bytes, toBuffer } from '../../bytes.js';
import { tailOf } from '../../system/log-tail.js';
import { isAlive, startProgram } from '../../system/processes.js';
import { socketPair } from '../../system/sockets.js';
import type { Answer, Request } from './server-protocol.js';

/** The process that serves the unions of this sandbox; it ends with this one. */
export class ServerProcess {
  readonly #pid: number | undefined;
  readonly #socket: number;
  readonly #log: Buffer;

  /** `worker`: what serves the unions, if it is not what `union-mount` has for that. */
  constructor(directory: Bytes, worker?: URL) {
    this.#log = toBuffer(`${directory}/log` as Bytes);
    const [ours, theirs] = socketPair();
    const program = fileURLToPath(new URL('server.js', import.meta.url));
    this.#pid = startProgram([process.execPath, program, ...(worker === undefined ? [] : [worker.href])], {
      directory: Buffer.from('/'),
      log: this.#log,
      descriptors: [theirs],
    });
    closeSync(theirs);
    this.#socket = ours;
  }

  get isAlive(): boolean {
    return this.#pid !== undefined && isAlive(this.#pid);
  }

  log(): string {
    return tailOf(this.#log) ?? '';
  }

  /** Waits for the answer; whoever waits for this process has the clock. @throws MountError */
  ask(request: Request): void {
    const answer = this.#exchange(`${JSON.stringify(request)}\n`);
    if (answer === undefined) throw new MountError(`its server ended: ${this.log().trim()}`);
    if (answer.kind === 'refused') throw new MountError(answer.message);
  }

  #exchange(line: string): Answer | undefined {
    const chunk = Buffer.alloc(4096);
    let text = '';
    try {
      writeSync(this.#socket, line);
      while (!text.endsWith('\n')) {
        const length = readSync(this.#socket, chunk);
        if (length === 0) return undefined;
        text += chunk.toString('utf8', 0, length);
      }
    } catch {
      return undefined; // EPIPE, ECONNRESET
    }
    return JSON.parse(text) as Answer;
  }
}
