/** A result in words, the same in every report. */
import type { Evidence, Result } from '../outcome.js';
import { gates } from '../outcome.js';

/** Why the verdict is not a plain pass; empty when it is. May have several lines. */
export function explain({ outcome, deviation }: Result): string {
  switch (outcome.kind) {
    case 'passed':
      return deviation === undefined ? '' : 'It holds, though a deviation is recorded.';
    case 'unsupported':
      return outcome.probe === 'absent'
        ? `needs ${outcome.capability}; probed: ${outcome.reason}`
        : `${outcome.capability} is not declared, and the probe found it: ${outcome.reason}`;
    case 'skipped':
      return outcome.missing === 'backend'
        ? `not available here: ${outcome.reason}`
        : `needs ${outcome.missing}: ${outcome.reason}`;
    default:
      return outcome.message;
  }
}

/** What to do about a skip; empty for anything else. */
export function remedyOf({ outcome }: Result): string {
  return outcome.kind === 'skipped' ? outcome.remedy : '';
}

/** The step in which it stopped; empty when it did not, or when it was outside of any step. */
export function stepOf({ outcome }: Result): string {
  return 'step' in outcome ? outcome.step : '';
}

export function evidenceOf({ outcome }: Result): readonly Evidence[] {
  return 'evidence' in outcome ? outcome.evidence : [];
}

/** Why a difference is accepted, with its reference; empty without a deviation. */
export function deviationText({ deviation }: Result): string {
  if (deviation === undefined) return '';
  const reference = deviation.reference === undefined ? '' : ` (${deviation.reference})`;
  return `${deviation.kind}: ${deviation.reason}${reference}`;
}

/** Whether it has to be looked at: everything that is red, and everything that is missing. */
export function isFailure({ verdict }: Result): boolean {
  return gates[verdict] !== 'green';
}
