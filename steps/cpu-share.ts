/**
 * What can be said of CPU time on a machine that does other things too: never by the clock
 * alone, but by what the kernel has counted for the group, and with room for what it may be off.
 */
import type { Measured } from '../src/agent/control-group-protocol.js';

/** Microseconds of CPU time in each period of so many microseconds. */
export interface Quota {
  readonly quota: number;
  readonly period: number;
}

/** On each CPU a slice of 5 ms may be under way, and is noticed one timer tick of 4 ms later (sched-bwc); microseconds. */
const OVERRUN = 9_000;

/** Two groups that have the same on average: the scheduler deals in slices of a few milliseconds. */
const ALIKE = 1.5;

/** What speaks against a group having been held to its quota while it wanted more; empty when nothing does. */
export function notHeld(measured: Measured, { quota, period }: Quota, cpus: number): string {
  const { used, periods, throttled, shortest, longest } = measured;
  const most = quota * (longest / period + 1) + cpus * OVERRUN;
  const least = 0.5 * quota * (shortest / period - 1);
  if (used > most) return `it used ${ms(used)} in ${ms(longest)}, and ${ms(most)} are possible`;
  if (throttled < 1 || throttled < 0.5 * periods) {
    return `it used up its quota in ${throttled} of ${periods} periods`;
  }
  if (used < least) return `it used ${ms(used)} in ${ms(shortest)}, and ${ms(least)} are its due`;
  return '';
}

export function areAlike(one: Measured, other: Measured): boolean {
  const [a, b] = [rateOf(one), rateOf(other)];
  return a > 0 && b > 0 && Math.max(a, b) <= ALIKE * Math.min(a, b);
}

/** CPU time in a unit of time. */
export function rateOf({ used, shortest, longest }: Measured): number {
  return used / ((shortest + longest) / 2);
}

export function ms(microseconds: number): string {
  return `${(microseconds / 1000).toFixed(1)} ms`;
}
