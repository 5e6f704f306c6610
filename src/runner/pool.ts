import type { Answer, Request } from '../agent/protocol.js';
import type { RunGroups } from '../control-groups/run-groups.js';
import type { Outcome } from '../outcome.js';
import type { Batch } from './batches.js';
import { ForkedWorker, type RunEvents, WorkerDied } from './forked-worker.js';
import type { Isolation } from './sandbox.js';

/** How often a worker may die before it has started anything of its batch. */
const FRUITLESS_DEATHS = 3;

/** A fixed number of workers; a worker that dies costs the scenario it was in, and is replaced. */
export class Pool {
  readonly #idle: ForkedWorker[] = [];
  readonly #all = new Set<ForkedWorker>();
  readonly #size: number;
  readonly #visible: readonly string[];
  readonly #groups: RunGroups | undefined;
  #stopped = false;

  /**
   * @param visible paths that agents have to be able to see beside their work area.
   * @param groups in which they make control groups, if there are any.
   */
  constructor(size: number, visible: readonly string[] = [], groups?: RunGroups) {
    this.#size = size;
    this.#visible = visible;
    this.#groups = groups;
    for (let index = 0; index < size; index += 1) this.#idle.push(this.#spawn());
  }

  #spawn(): ForkedWorker {
    const spawned = new ForkedWorker(this.#visible, this.#groups);
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
  async #first<T>(question: (worker: ForkedWorker) => Promise<T>): Promise<T> {
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
  async run(batches: readonly Batch[], events: RunEvents): Promise<void> {
    const queue = [...batches];
    await Promise.all(Array.from({ length: this.#size }, (_, index) => this.#work(index, queue, events)));
  }

  async #work(index: number, queue: Batch[], events: RunEvents): Promise<void> {
    let current = this.#idle[index] ?? this.#spawn();
    let fruitless = 0;
    for (let batch = queue.shift(); batch !== undefined && !this.#stopped; batch = queue.shift()) {
      const rest = await current.run(batch, events);
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
