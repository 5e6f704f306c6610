import type { KillMatrix } from './kill-matrix.js';

/**
 * How many scenarios may be left that no twin turns red. It only ever goes down: a new scenario
 * comes with a twin that it catches, or is caught by one that is there.
 */
export const IDLE_LIMIT = 0;

export interface Judgement {
  readonly passed: number;
  readonly failed: number;
  /** Twins that could not be tried. */
  readonly skipped: number;
  /** What is wrong and what to do about it, one each. */
  readonly problems: readonly string[];
  /** What would be good to do. */
  readonly hints: readonly string[];
}

/** A twin is one test, and so is the limit. */
export function judgeSuite(matrix: KillMatrix, limit = IDLE_LIMIT): Judgement {
  const survivors = matrix.twins.filter(({ caughtBy }) => caughtBy.length === 0);
  const { length: idle } = matrix.idle;
  const isOver = idle > limit;
  const broken = matrix.twins.filter(({ errors }) => errors.length > 0);
  return {
    passed: matrix.twins.length - survivors.length + (isOver ? 0 : 1),
    failed: survivors.length + (isOver ? 1 : 0),
    skipped: 0,
    problems: [
      ...survivors.map(
        ({ name, title }) =>
          `no scenario catches ${name} (${title}): write one that goes red on it, or remove the twin`,
      ),
      ...(isOver
        ? [
            `${idle} scenarios are not turned red by any twin, and ${limit} may be: for each new one write a twin that it catches, in fixtures/faulty-unions/`,
          ]
        : []),
    ],
    hints: [
      ...(idle < limit ? [`only ${idle} scenarios are idle: lower IDLE_LIMIT from ${limit} to ${idle}`] : []),
      ...broken.map(
        ({ name, errors }) =>
          `the harness failed in ${errors.length} scenarios on ${name} (first: ${errors[0]?.scenario}); they count for nothing`,
      ),
    ],
  };
}
