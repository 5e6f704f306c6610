import type { Kill, KillMatrix } from './kill-matrix.js';

/**
 * How many scenarios may be left that no twin turns red. It only ever goes down: a new scenario
 * comes with a twin that it catches, or catches one that is there.
 */
export const IDLE_LIMIT = 0;

export interface Judgement {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What is wrong and what to do about it. */
  readonly problems: readonly string[];
  /** What is good to know, or to do. */
  readonly hints: readonly string[];
}

/** A twin is one test, and so is the limit; without one (only some twins were tried) it is none. */
export function judgeSuite({ kills, idle }: KillMatrix, limit: number | undefined): Judgement {
  const uncaught = kills.filter(({ caughtBy }) => caughtBy.length === 0);
  // What would catch it may be a scenario that only runs as root.
  const undecided = uncaught.filter(({ skipped }) => skipped > 0);
  const survivors = uncaught.filter(({ skipped }) => skipped === 0);
  const excess = limit !== undefined && idle.length > limit ? limit : undefined;
  const limits = limit === undefined ? 0 : 1;
  return {
    passed: kills.length - uncaught.length + (excess === undefined ? limits : 0),
    failed: survivors.length + (excess === undefined ? 0 : 1),
    skipped: undecided.length,
    problems: [
      ...survivors.map(survived),
      ...(excess === undefined ? [] : [tooManyIdle(idle.length, excess)]),
    ],
    hints: [
      ...(limit !== undefined && idle.length < limit
        ? [`lower IDLE_LIMIT from ${limit} to ${idle.length}: so many scenarios turn red on no twin`]
        : []),
      ...(undecided.length > 0 ? [notDecided(undecided)] : []),
      ...kills.filter(({ errors }) => errors.length > 0).map(notCounted),
    ],
  };
}

function survived({ twin: { name, title, statedBy } }: Kill): string {
  return `nothing in ${statedBy.join(', ')} catches ${name} (${title}): write a scenario that goes red on it`;
}

function notDecided(kills: readonly Kill[]): string {
  const names = kills.map(({ twin: { name } }) => name).join(', ');
  return `what could catch these cannot run here, npm run doctor says why: ${names}`;
}

function tooManyIdle(count: number, limit: number): string {
  return `${count} scenarios turn red on no twin that breaks a rule of their feature, and ${limit} may be: for each new one write the twin that it is there to catch`;
}

function notCounted({ twin: { name }, errors }: Kill): string {
  return `on ${name} the harness failed in ${errors.length} scenarios (first: ${errors[0]?.id}); they count for nothing`;
}
