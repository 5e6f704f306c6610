/** What an outcome means, given what is known about the implementation. Pure. */
import type { Outcome, Result, Verdict } from '../outcome.js';
import type { Deviation } from './deviations.js';

export interface Judgement {
  readonly verdict: Verdict;
  /** For verdicts about a deviation. */
  readonly deviation?: NonNullable<Result['deviation']>;
}

/** The last day counts; days are `2027-06-30`. */
export function isExpired({ expires }: Pick<Deviation, 'expires'>, today: string): boolean {
  return expires !== undefined && expires < today;
}

/** An errno has to be the same; of a message the beginning has to be. */
export function hasSignature(listed: string, seen: string): boolean {
  if (!seen.startsWith(listed)) return false;
  return !/^E[A-Z0-9]+$/.test(listed) || !/^[A-Z0-9]/.test(seen.slice(listed.length));
}

function aboutDeviation(
  outcome: Outcome & { kind: 'passed' | 'failed' },
  deviation: Deviation,
  today: string,
) {
  if (isExpired(deviation, today)) return 'expired-deviation';
  if (outcome.kind === 'passed') return 'unexpected-pass';
  return hasSignature(deviation.signature, outcome.signature) ? 'known-deviation' : 'changed-deviation';
}

/**
 * A deviation explains a failure, nothing else: it never hides a hang, a crash or an error.
 * `deviation` is the one that applies here (`applicable`), `today` is `2027-06-30`.
 */
export function judge(outcome: Outcome, deviation: Deviation | undefined, today: string): Judgement {
  switch (outcome.kind) {
    case 'passed':
    case 'failed': {
      if (!deviation) return { verdict: outcome.kind === 'passed' ? 'pass' : 'fail' };
      const { kind, reason, reference } = deviation;
      return {
        verdict: aboutDeviation(outcome, deviation, today),
        deviation: { kind, reason, ...(reference === undefined ? {} : { reference }) },
      };
    }
    case 'unsupported':
      return { verdict: outcome.probe === 'absent' ? 'unsupported' : 'dishonest-capability' };
    case 'skipped':
    case 'error':
    case 'hang':
    case 'crash':
    case 'not-run':
      return { verdict: outcome.kind };
  }
}
