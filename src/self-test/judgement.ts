import type { KillMatrix } from './kill-matrix.js';

/**
 * How many scenarios may be left that no twin turns red. It only ever goes down: a new scenario
 * comes with a twin that it catches, or catches one that is there.
 */
export const IDLE_LIMIT = 148;

export interface Judgement {
  readonly passed: number;
  readonly failed: number;
  /** What is wrong and what to do about it. */
  readonly problems: readonly string[];
  /** What would be good to do. */
  readonly hints: readonly string[];
}

/** A twin is one test, and so is the limit. */
export function judgeSuite({ kills, idle }: KillMatrix, limit = IDLE_LIMIT): Judgement {
  const survivors = kills.filter(({ caughtBy }) => caughtBy.length === 0);
  const isOver = idle.length > limit;
  return {
    passed: kills.length - survivors.length + (isOver ? 0 : 1),
    failed: survivors.length + (isOver ? 1 : 0),
    problems: [
      ...survivors.map(
        ({ twin: { name, title, features } }) =>
          `nothing in ${features.join(', ')} catches ${name} (${title}): write a scenario that goes red on it`,
      ),
      ...(isOver
        ? [
            `${idle.length} scenarios turn red on no twin that breaks a rule of their feature, and ${limit} may be: for each new one write the twin that it is there to catch`,
          ]
        : []),
    ],
    hints: [
      ...(idle.length < limit
        ? [`lower IDLE_LIMIT from ${limit} to ${idle.length}: so many scenarios turn red on no twin`]
        : []),
      ...kills
        .filter(({ errors }) => errors.length > 0)
        .map(
          ({ twin: { name }, errors }) =>
            `on ${name} the harness failed in ${errors.length} scenarios (first: ${errors[0]?.id}); they count for nothing`,
        ),
    ],
  };
}
