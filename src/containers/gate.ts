import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { type Bytes, toBuffer } from '../bytes.js';
import { ContainerError } from '../container.js';
import { openNewFifo } from '../system/fifo.js';
import { commandLineOf } from '../system/processes.js';
import { waitFor } from '../system/wait.js';
import type { NativeProcess } from './native-process.js';

/** How long the first process may take to come; milliseconds. */
const patience = 5000;

/** Where the first process waits for what is done from outside (`launchCommand`). */
export class Gate {
  readonly #ready: { readonly path: Buffer; readonly descriptor: number };
  readonly #go: number;

  constructor(directory: Bytes) {
    const path = toBuffer(`${directory}/ready` as Bytes);
    this.#ready = { path, descriptor: openSync(path, 'w') };
    this.#go = openNewFifo(`${directory}/go` as Bytes);
  }

  /** In the order of READY and GO. */
  get descriptors(): readonly number[] {
    return [this.#ready.descriptor, this.#go];
  }

  /** @throws ContainerError with what the process has said, when it ends before. */
  await(first: NativeProcess): void {
    const came = waitFor(() => {
      if (readFileSync(this.#ready.path).length > 0) return true;
      return first.wait(0) === undefined ? undefined : false;
    }, patience);
    if (came === true) return;
    const when = came === undefined ? `not ready after ${patience / 1000} s: ` : '';
    throw new ContainerError(`${when}${first.output().trim()}`);
  }

  /**
   * Until it is the program of the container: the shell that waits here has a handler for SIGINT,
   * and so would not be protected from it.
   */
  letThrough(first: NativeProcess): void {
    const waiting = commandLineOf(first.pid);
    writeSync(this.#go, '\n');
    waitFor(
      () => (commandLineOf(first.pid) !== waiting || first.wait(0) !== undefined ? true : undefined),
      patience,
    );
  }

  close(): void {
    closeSync(this.#ready.descriptor);
    closeSync(this.#go);
  }
}
