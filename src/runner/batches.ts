import type { Planned } from './worker-protocol.js';

/** Scenarios that one worker runs in one go, on one backend. */
export interface Batch {
  readonly backend: string;
  readonly scenarios: readonly Planned[];
  /** Where the branches of failed scenarios are copied to, if they are. */
  readonly keep?: string;
}

const LARGEST = 150;
const SMALLEST = 8;

/**
 * Cuts the work of one backend into batches: large enough that starting one costs little
 * beside it, small enough that no worker is left with the last one for long.
 */
export function batchesOf(backend: string, scenarios: readonly Planned[], workers: number): Batch[] {
  const size = Math.min(LARGEST, Math.max(SMALLEST, Math.ceil(scenarios.length / (workers * 3))));
  const batches: Batch[] = [];
  for (let at = 0; at < scenarios.length; at += size) {
    batches.push({ backend, scenarios: scenarios.slice(at, at + size) });
  }
  return batches;
}

/** The same items in an order that depends on the seed only (Fisher and Yates, with a linear congruential generator). */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const result = [...items];
  let state = seed >>> 0;
  for (let last = result.length - 1; last > 0; last -= 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (last + 1));
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}
