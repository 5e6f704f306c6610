import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer, Request } from '../agent/protocol.js';
import { VISIBLE } from '../agent/visible.js';
import type { Outcome } from '../outcome.js';
import type { Batch } from './batches.js';
import type { Isolation } from './sandbox.js';
import type { Order, Planned, Report } from './worker-protocol.js';

const worker = fileURLToPath(new URL('./worker.js', import.meta.url));

/** How long a worker may say nothing, in milliseconds; after it the worker itself is taken to hang. */
const SCENARIO_LIMIT_MS = 120_000;

/** How often a worker may die before it has started anything of its batch. */
const FRUITLESS_DEATHS = 3;

export interface PoolEvents {
  started(backend: string, id: string): void;
  finished(backend: string, id: string, outcome: Outcome, timing: Timing): void;
}

/** Milliseconds. */
export interface Timing {
  readonly duration: number;
  /** The part of it in which the union was at work. */
  readonly inUnion: number;
}

/** A fixed number of workers; a worker that dies costs the scenario it was in, and is replaced. */
export class Pool {
  readonly #idle: Worker[] = [];
  readonly #all = new Set<Worker>();
  readonly #size: number;
  readonly #visible: readonly string[];
  #stopped = false;

  /** @param visible paths that agents have to be able to see beside their work area. */
  constructor(size: number, visible: readonly string[] = []) {
    this.#size = size;
    this.#visible = visible;
    for (let index = 0; index < size; index += 1) this.#idle.push(this.#spawn());
  }

  #spawn(): Worker {
    const spawned = new Worker(this.#visible);
    this.#all.add(spawned);
    return spawned;
  }

  /** How well agents are isolated on this host, and what was tried before. */
  async isolation(): Promise<{ readonly isolation: Isolation; readonly refusals: readonly string[] }> {
    return this.#first((worker) => worker.ready);
  }

  /** One question to an agent, outside of any scenario. Only while no batch is running. */
  async ask(request: Request): Promise<Answer> {
    return this.#first((worker) => worker.ask(request));
  }

  /** Asks the first worker, or the one that replaces it when it dies over the question. */
  async #first<T>(question: (worker: Worker) => Promise<T>): Promise<T> {
    for (let deaths = 0; ; deaths += 1) {
      this.#idle[0] ??= this.#spawn();
      try {
        return await question(this.#idle[0]);
      } catch (failure) {
        if (!(failure instanceof WorkerDied) || this.#stopped || deaths === FRUITLESS_DEATHS) throw failure;
        this.#all.delete(this.#idle[0]);
        this.#idle[0] = this.#spawn();
      }
    }
  }

  /** Runs all batches; resolves when each scenario has had its outcome, or the pool was stopped. */
  async run(batches: readonly Batch[], keep: string | undefined, events: PoolEvents): Promise<void> {
    const queue = [...batches];
    await Promise.all(
      Array.from({ length: this.#size }, (_, index) => this.#work(index, queue, keep, events)),
    );
  }

  async #work(index: number, queue: Batch[], keep: string | undefined, events: PoolEvents): Promise<void> {
    let current = this.#idle[index] ?? this.#spawn();
    let fruitless = 0;
    for (let batch = queue.shift(); batch !== undefined && !this.#stopped; batch = queue.shift()) {
      const rest = await current.run(batch, keep, events);
      if (rest === undefined || this.#stopped) continue;
      this.#all.delete(current);
      fruitless = rest.length === batch.scenarios.length ? fruitless + 1 : 0;
      if (fruitless === FRUITLESS_DEATHS) {
        fruitless = 0;
        const message = `a worker cannot be kept alive: ${current.lastWords}`;
        const outcome: Outcome = { kind: 'error', step: '', message, evidence: [] };
        for (const { id } of rest) events.finished(batch.backend, id, outcome, { duration: 0, inUnion: 0 });
      } else if (rest.length > 0) queue.unshift({ ...batch, scenarios: rest });
      current = this.#spawn();
      this.#idle[index] = current;
    }
  }

  /** Ends all workers, their agents and sandboxes; nothing more is reported. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#all].map((each) => each.stop()));
  }
}

class WorkerDied extends Error {}

/** One forked worker, as the pool sees it. */
class Worker {
  readonly ready: Promise<{ readonly isolation: Isolation; readonly refusals: readonly string[] }>;
  readonly #process: ChildProcess;
  readonly #exited: Promise<void>;
  #receive: (report: Report) => void = () => {};
  #errors = '';
  #stopping = false;

  constructor(visible: readonly string[]) {
    this.#process = fork(worker, {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, [VISIBLE]: visible.join('\n') },
    });
    this.#process.stderr?.on('data', (data: Buffer) => {
      this.#errors = (this.#errors + data.toString()).slice(-4000);
    });
    this.#process.on('message', (report: Report) => this.#receive(report));
    this.#exited = new Promise((resolve) => this.#process.on('exit', () => resolve()));
    this.ready = new Promise((resolve, reject) => {
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
    return new Promise((resolve, reject) => {
      this.#receive = (report) => {
        if (report.report === 'answer') resolve(report.answer);
      };
      void this.#exited.then(() => reject(new WorkerDied(`a worker ended: ${this.lastWords}`)));
      this.#tell({ order: 'ask', request });
    });
  }

  /** What is left to do when the worker died in the batch; undefined when it did not. */
  async run(
    { backend, scenarios }: Batch,
    keep: string | undefined,
    events: PoolEvents,
  ): Promise<readonly Planned[] | undefined> {
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
      this.#tell({ order: 'run', backend, scenarios, ...(keep === undefined ? {} : { keep }) });
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
