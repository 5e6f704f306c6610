import { parentPort, workerData } from 'node:worker_threads';
import type { Messenger } from './notifications.js';
import type { Errand, Start } from './worker-protocol.js';

/** How long an errand may take, when nobody holds a lock; milliseconds. */
const PATIENCE = 2000;

const { done } = (workerData ?? { done: new SharedArrayBuffer(4) }) as Start;
const counter = new Int32Array(done);
let sent = 0;

/** The thread that started this one may wait for the locks of the kernel. */
export const errands: Messenger = {
  send(messages) {
    sent += 1;
    parentPort?.postMessage({ kind: 'notifications', messages } satisfies Errand);
  },

  settle() {
    const end = performance.now() + PATIENCE;
    for (;;) {
      const count = Atomics.load(counter, 0);
      const left = end - performance.now();
      if (count === (sent | 0) || left <= 0) return;
      Atomics.wait(counter, 0, count, left);
    }
  },
};
