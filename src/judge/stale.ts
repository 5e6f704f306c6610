/** Entries of `deviations.yaml` that no longer say anything. Pure. */
import type { Problem } from '../catalogue/problem.js';
import type { Result } from '../outcome.js';
import { type Circumstances, concerns, conditionHolds, type Deviation } from './deviations.js';
import { isExpired } from './judge.js';

function about({ file, line }: Deviation, what: string, remedy: string): Problem {
  return { file, line, what, remedy };
}

/** Entries that name no scenario. `ids` are those of the whole catalogue. */
export function unknownScenarios(
  deviations: readonly Deviation[],
  ids: readonly string[],
): readonly Problem[] {
  return deviations
    .filter((entry) => !ids.some((id) => concerns(entry, id)))
    .map((entry) => {
      const isOutline = ids.some((id) => id.startsWith(`${entry.scenario}:`));
      return about(
        entry,
        `no scenario has the id ${entry.scenario}`,
        isOutline
          ? `write ${entry.scenario}:* for all rows of its examples`
          : 'correct it, or remove the entry',
      );
    });
}

/** Own entries for what the backend does not claim to do at all. `results` are the backend's, unfiltered. */
export function neverExecuted(
  deviations: readonly Deviation[],
  results: readonly Result[],
  here: Circumstances,
): readonly Problem[] {
  return deviations
    .filter((entry) => !entry.included && conditionHolds(entry, here))
    .filter((entry) => {
      const concerned = results.filter(({ scenario }) => concerns(entry, scenario));
      return concerned.length > 0 && concerned.every(({ outcome }) => outcome.kind === 'unsupported');
    })
    .map((entry) =>
      about(
        entry,
        `${entry.scenario} is unsupported, so it cannot deviate`,
        'remove the entry, or declare the capability',
      ),
    );
}

/** Entries past their day that no verdict tells about. `results` are the backend's, unfiltered. */
export function quietlyExpired(
  deviations: readonly Deviation[],
  results: readonly Result[],
  today: string,
): readonly Problem[] {
  return deviations
    .filter((entry) => isExpired(entry, today))
    .filter(
      (entry) =>
        !results.some(
          ({ scenario, verdict }) => verdict === 'expired-deviation' && concerns(entry, scenario),
        ),
    )
    .map((entry) =>
      about(
        entry,
        `the entry for ${entry.scenario} expired on ${entry.expires}`,
        'look whether it is still true: remove it, or give it a new day',
      ),
    );
}
