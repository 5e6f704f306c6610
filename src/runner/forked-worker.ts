import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer, Request } from '../agent/protocol.js';
import { VISIBLE } from '../agent/visible.js';
import { RUN_GROUPS } from '../control-groups/kernel-groups.js';
import type { RunGroups } from '../control-groups/run-groups.js';
import type { Outcome } from '../outcome.js';
import type { Batch } from './batches.js';
import type { Isolation } from './sandbox.js';
import type { Order, Planned, Report } from './worker-protocol.js';

const worker = fileURLToPath(new URL('./worker.js', import.meta.url));

/** How long a worker may say nothing, in milliseconds; after it the worker itself is taken to hang. */
const SCENARIO_LIMIT_MS = 120_000;

export interface RunEvents {
  started(backend: string, id: string): void;
  finished(backend: string, id: string, outcome: Outcome, timing: Timing): void;
}

/** Milliseconds. */
export interface Timing {
  readonly duration: number;
  /** The part of it in which the union was at work. */
  readonly inUnion: number;
}

/** A worker ended over a question. */
export class WorkerDied extends Error {}

/** One forked worker, as the pool sees it. */
export class ForkedWorker {
  readonly ready: Promise<{ readonly isolation: Isolation; readonly refusals: readonly string[] }>;
  readonly #process: ChildProcess;
  readonly #exited: Promise<void>;
  #receive: (report: Report) => void = () => {};
  #errors = '';
  #stopping = false;

  constructor(visible: readonly string[], groups: RunGroups | undefined) {
    this.#process = fork(worker, {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: {
        ...process.env,
        [VISIBLE]: visible.join('\n'),
        [RUN_GROUPS]: groups === undefined ? '' : JSON.stringify(groups),
      },
    });
    this.#process.stderr?.on('data', (data: Buffer) => {
      this.#errors = (this.#errors + data.toString()).slice(-4000);
    });
    this.#process.on('message', (report: Report) => this.#receive(report));
    this.#exited = new Promise((resolve) => this.#process.on('exit', () => resolve()));
    this.ready = this.#watched((resolve, reject) => {
      this.#receive = (report) => {
        if (report.report === 'ready') resolve(report);
      };
      void this.#exited.then(() =>
        reject(new WorkerDied(`a worker ended before it was ready: ${this.lastWords}`)),
      );
    });
    this.ready.catch(() => {}); // whoever needs it sees the rejection; nobody need
  }

  get lastWords(): string {
    return this.#errors.trim() || 'it said nothing';
  }

  async ask(request: Request): Promise<Answer> {
    await this.ready;
    return this.#watched((resolve, reject) => {
      this.#receive = (report) => {
        if (report.report === 'answer') resolve(report.answer);
      };
      void this.#exited.then(() => reject(new WorkerDied(`a worker ended: ${this.lastWords}`)));
      this.#tell({ order: 'ask', request });
    });
  }

  /** A worker that says nothing for too long is killed: whoever waits for it waits for its exit as well. */
  async #watched<T>(
    executor: (resolve: (value: T) => void, reject: (reason: WorkerDied) => void) => void,
  ): Promise<T> {
    const watchdog = setTimeout(() => this.#process.kill('SIGKILL'), SCENARIO_LIMIT_MS);
    try {
      return await new Promise<T>(executor);
    } finally {
      clearTimeout(watchdog);
    }
  }

  /** What is left to do when the worker died in the batch; undefined when it did not. */
  async run(batch: Batch, events: RunEvents): Promise<readonly Planned[] | undefined> {
    const { backend, scenarios } = batch;
    await this.ready.catch(() => {});
    const open = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
    let current: string | undefined;
    let watchdog: NodeJS.Timeout | undefined;
    let hung = false;
    const watch = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => {
        hung = true;
        this.#process.kill('SIGKILL');
      }, SCENARIO_LIMIT_MS);
    };
    const idle = new Promise<'idle'>((resolve) => {
      this.#receive = (report) => {
        if (this.#stopping) return;
        watch();
        if (report.report === 'idle') resolve('idle');
        if (report.report === 'started') {
          current = report.id;
          events.started(backend, report.id);
        }
        if (report.report === 'finished') {
          current = undefined;
          open.delete(report.id);
          events.finished(backend, report.id, report.outcome, report);
        }
      };
      watch();
      this.#tell({ order: 'run', batch });
    });
    const end = await Promise.race([idle, this.#exited]);
    clearTimeout(watchdog);
    if (this.#stopping || (end === 'idle' && open.size === 0)) return undefined;
    if (end === 'idle') {
      const message = 'cucumber ended without running it: does every step have a definition?';
      for (const id of open.keys()) {
        events.finished(
          backend,
          id,
          { kind: 'error', step: '', message, evidence: [] },
          { duration: 0, inUnion: 0 },
        );
      }
      return undefined;
    }
    if (current !== undefined) {
      open.delete(current);
      events.finished(backend, current, this.#lost(hung), { duration: 0, inUnion: 0 });
    }
    return [...open.values()];
  }

  #lost(hung: boolean): Outcome {
    const evidence = this.#errors === '' ? [] : [{ title: "the worker's own output", text: this.#errors }];
    return hung
      ? { kind: 'hang', step: '', message: `no end within ${SCENARIO_LIMIT_MS / 1000} s`, evidence }
      : { kind: 'crash', step: '', message: 'the worker died', evidence };
  }

  #tell(order: Order): void {
    if (this.#process.connected) this.#process.send(order, () => {}); // a failed send is an exit, seen there
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#tell({ order: 'stop' });
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), 2_000);
    await this.#exited;
    clearTimeout(timer);
  }
}
