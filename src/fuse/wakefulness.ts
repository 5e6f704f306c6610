import type { IdleCpus } from '../system/idle-cpus.js';

type Cpus = Pick<IdleCpus, 'stayAwake' | 'maySleep'>;

/** So many requests, each soon after the one before, and more are to be expected. */
const MANY = 16;
/** Milliseconds that a program may take between two requests. */
const SOON = 2;

/**
 * Keeps the CPUs awake as long as requests come one soon after the other (`-o awake`): with each of them the
 * program falls asleep until it is answered, and then is woken on a CPU that has been idle meanwhile.
 */
export class Wakefulness {
  readonly #wait: (milliseconds: number) => boolean;
  readonly #cpus: Cpus | undefined;
  #requests = 0;

  /** `wait` tells whether there is a request in so many milliseconds; -1: for ever. */
  constructor(wait: (milliseconds: number) => boolean, cpus: Cpus | undefined) {
    this.#wait = wait;
    this.#cpus = cpus;
  }

  /** A request has come. */
  requested(): void {
    this.#requests += 1;
    if (this.#requests === MANY) this.#cpus?.stayAwake();
  }

  /** Waits for the next one. */
  wait(): void {
    if (this.#cpus !== undefined && this.#wait(SOON)) return;
    if (this.#requests >= MANY) this.#cpus?.maySleep();
    this.#requests = 0;
    this.#wait(-1);
  }
}
