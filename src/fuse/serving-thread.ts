import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { sendNotification } from '../system/fuse-device.js';
import type { Errand, Order, Report, Start } from './worker-protocol.js';

/** Garbage is collected when there is a sixth more in use, not two or three times as much: a server lives long. */
setFlagsFromString('--heap-growing-percent=15');

interface Waiting {
  resolve(report: Report): void;
  reject(failure: Error): void;
}

/** The other side of `worker.ts`: one union at a time. */
export class ServingThread {
  /** How many errands are done. */
  readonly #done = new Int32Array(new SharedArrayBuffer(4));
  readonly #worker: Worker;
  #waiting: Waiting | undefined;
  #device: number | undefined;
  #isServing = false;

  /** `program` is what the thread runs: `worker.js`, or what takes its place. */
  constructor(program = new URL('worker.js', import.meta.url)) {
    this.#worker = new Worker(program, {
      // Most of what a request makes is garbage when it is answered: little room is needed for it.
      resourceLimits: { maxYoungGenerationSizeMb: 6 },
      argv: [program.search.slice(1)],
      workerData: { done: this.#done.buffer as SharedArrayBuffer } satisfies Start,
    });
    this.#worker.on('message', (said: Report | Errand) => {
      if (said.kind === 'notifications') this.#notify(said);
      else this.#take()?.resolve(said);
    });
    this.#worker.on('error', (failure) => this.#take()?.reject(failure));
    this.#worker.unref();
  }

  get isServing(): boolean {
    return this.#isServing;
  }

  /** Rejects when the thread dies, which is a defect. */
  async tell(order: Order): Promise<Report> {
    this.#isServing = true;
    if (order.kind === 'serve') this.#device = order.device;
    this.#worker.ref();
    const report = await new Promise<Report>((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#worker.postMessage(order);
    });
    this.#isServing = report.kind === 'ready';
    if (!this.#isServing) this.#worker.unref();
    return report;
  }

  /** All of these come before the thread says that it has ended, so the device is still open. */
  #notify({ messages }: Errand): void {
    const device = this.#device;
    if (device !== undefined) for (const message of messages) sendNotification(device, Buffer.from(message));
    Atomics.add(this.#done, 0, 1);
    Atomics.notify(this.#done, 0);
  }

  #take(): Waiting | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    return waiting;
  }
}
