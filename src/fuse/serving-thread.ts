import { Worker } from 'node:worker_threads';
import type { Order, Report } from './worker-protocol.js';

interface Waiting {
  resolve(report: Report): void;
  reject(failure: Error): void;
}

/** The other side of `worker.ts`: one union at a time. */
export class ServingThread {
  /** Most of what a request makes is garbage when it is answered: little room is needed for it. */
  readonly #worker = new Worker(new URL('worker.js', import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  });
  #waiting: Waiting | undefined;
  #isServing = false;

  constructor() {
    this.#worker.on('message', (report: Report) => this.#take()?.resolve(report));
    this.#worker.on('error', (failure) => this.#take()?.reject(failure));
    this.#worker.unref();
  }

  get isServing(): boolean {
    return this.#isServing;
  }

  /** Rejects when the thread dies, which is a defect. */
  async tell(order: Order): Promise<Report> {
    this.#isServing = true;
    this.#worker.ref();
    const report = await new Promise<Report>((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#worker.postMessage(order);
    });
    this.#isServing = report.kind === 'ready';
    if (!this.#isServing) this.#worker.unref();
    return report;
  }

  #take(): Waiting | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    return waiting;
  }
}
