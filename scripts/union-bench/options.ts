/** What the in-house union is mounted with; others know none of it, but aufs. */
import type { MountOptions } from '../../src/backend.js';

export type BenchOptions = Required<Pick<MountOptions, 'directAccess' | 'passThrough' | 'awake'>>;

/**
 * Who does not look at the branches again may remember, as the others do; who has a file open may go on
 * reading what it was when it is copied up, as in overlayfs; and nobody saves power, where root measures.
 */
export function benchOptions(without: readonly string[]): BenchOptions {
  return {
    directAccess: 'none',
    passThrough: !without.includes('passthrough'),
    awake: process.env.UNION_BENCH === 'root' && !without.includes('awake'),
  };
}

/** As they are written behind `-o`. */
export function written({ directAccess, passThrough, awake }: BenchOptions): string {
  return [
    `udba=${directAccess}`,
    ...(passThrough ? ['passthrough'] : []),
    ...(awake ? ['awake'] : []),
  ].join();
}
