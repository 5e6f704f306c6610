/** How a verdict is written and told apart: a word, a glyph that needs no colour, and a tone. */
import type { Verdict } from '../outcome.js';

/** What a colour stands for; several verdicts share one. */
export type Tone = 'holds' | 'deviates' | 'broken' | 'absent' | 'unknown';

export interface VerdictWords {
  /** For people: `known deviation`. */
  readonly label: string;
  /** One column wide, different for each verdict. */
  readonly glyph: string;
  readonly tone: Tone;
  /** What it says about the backend, in one sentence. */
  readonly meaning: string;
}

export const verdictWords: Readonly<Record<Verdict, VerdictWords>> = {
  pass: { label: 'holds', glyph: '✓', tone: 'holds', meaning: 'What the scenario says is true.' },
  fail: { label: 'fails', glyph: '✗', tone: 'broken', meaning: 'What the scenario says is not true.' },
  'known-deviation': {
    label: 'known deviation',
    glyph: '≈',
    tone: 'deviates',
    meaning: 'It differs exactly as recorded beside the backend.',
  },
  'changed-deviation': {
    label: 'changed deviation',
    glyph: '≠',
    tone: 'broken',
    meaning: 'A deviation is recorded, but it differs in another way.',
  },
  'unexpected-pass': {
    label: 'unexpected pass',
    glyph: '!',
    tone: 'broken',
    meaning: 'A deviation is recorded, but what the scenario says is true: remove the record.',
  },
  'expired-deviation': {
    label: 'expired deviation',
    glyph: '†',
    tone: 'broken',
    meaning: 'The recorded deviation has expired: decide again.',
  },
  unsupported: {
    label: 'unsupported',
    glyph: '–',
    tone: 'absent',
    meaning: 'The backend does not have a capability the scenario needs, and a probe agrees.',
  },
  'dishonest-capability': {
    label: 'dishonest capability',
    glyph: '?',
    tone: 'broken',
    meaning: 'The backend says it lacks a capability, and a probe found it.',
  },
  skipped: {
    label: 'skipped',
    glyph: '○',
    tone: 'absent',
    meaning: 'This host cannot run it: nothing is known.',
  },
  error: { label: 'error', glyph: 'E', tone: 'broken', meaning: 'The harness is at fault.' },
  hang: {
    label: 'hangs',
    glyph: 'H',
    tone: 'broken',
    meaning: 'A system call on the union did not return.',
  },
  crash: {
    label: 'crashes',
    glyph: 'C',
    tone: 'broken',
    meaning: 'The daemon, the agent or the worker died.',
  },
  'not-run': {
    label: 'not run',
    glyph: '·',
    tone: 'unknown',
    meaning: 'Planned, and without a result: the run is incomplete.',
  },
};
