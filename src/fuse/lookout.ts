import type { Received } from '../system/fuse-device.js';

/** Between 50 and 100 µs: about as long as it takes to wake a thread on a CPU that sleeps as well. */
const LOOKS = 128;
/** After as many times in vain, 2 to this power requests are waited for without looking. */
const MOST_MISSES = 8;

/**
 * Looks for the next request a while before it is waited for. A program that asks for one file mostly asks
 * for the next at once, and a thread that sleeps is late by more than the answer takes. Where nobody comes,
 * perhaps for want of this very CPU, the next look is after twice as many requests as the last one.
 */
export class Lookout {
  readonly #receive: () => Received;
  #misses = 0;
  #unwatched = 0;

  /** `receive` looks once. */
  constructor(receive: () => Received) {
    this.#receive = receive;
  }

  look(): Received {
    const received = this.#receive();
    if (received !== 'nothing') return received;
    if (this.#unwatched > 0) {
      this.#unwatched -= 1;
      return 'nothing';
    }
    return this.#lookOn();
  }

  #lookOn(): Received {
    for (let left = LOOKS; left > 0; left -= 1) {
      const received = this.#receive();
      if (received === 'nothing') continue;
      this.#misses = 0;
      return received;
    }
    this.#misses = Math.min(this.#misses + 1, MOST_MISSES);
    this.#unwatched = 2 ** this.#misses - 1;
    return 'nothing';
  }
}
