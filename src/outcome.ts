/** What happened (outcome), what it means (verdict), and the records of a run. */
import type { Capability } from './capability.js';
import type { Requirement } from './requirement.js';

/** A piece of what was seen, for people: a tree diff, the backend's own output, a kernel stack. */
export interface Evidence {
  readonly title: string;
  readonly text: string;
}

interface Stopped {
  /** The text of the step it happened in, without its keyword; empty when it was outside of any step. */
  readonly step: string;
  readonly message: string;
  readonly evidence: readonly Evidence[];
}

/** What a scenario did on a backend, before anything is known about deviations. */
export type Outcome =
  | { readonly kind: 'passed' }
  /** `signature` is the errno seen, or the first line of the message: what a deviation is recognised by. */
  | ({ readonly kind: 'failed'; readonly signature: string } & Stopped)
  /** A system call on the union did not return. */
  | ({ readonly kind: 'hang' } & Stopped)
  /** The daemon, the agent or the worker died. */
  | ({ readonly kind: 'crash' } & Stopped)
  /** The harness is at fault. */
  | ({ readonly kind: 'error' } & Stopped)
  | {
      readonly kind: 'unsupported';
      readonly capability: Capability;
      /** What the probe saw: `present` contradicts the backend's declaration. */
      readonly probe: 'absent' | 'present';
      /** What the probe saw, for people. */
      readonly reason: string;
    }
  | {
      readonly kind: 'skipped';
      /**
       * The missing requirement, or `backend` when it is not available here; or a capability that it has and
       * cannot show here.
       */
      readonly missing: Requirement | Capability | 'backend';
      readonly reason: string;
      readonly remedy: string;
    }
  /** Planned, and without a result: the run was stopped or a worker's results are missing. */
  | { readonly kind: 'not-run'; readonly message: string };

export const verdicts = [
  'pass',
  'fail',
  'known-deviation',
  'changed-deviation',
  'unexpected-pass',
  'expired-deviation',
  'unsupported',
  'dishonest-capability',
  'skipped',
  'error',
  'hang',
  'crash',
  'not-run',
] as const;

export type Verdict = (typeof verdicts)[number];

/** How a verdict counts: red fails the run, incomplete leaves it undecided. */
export const gates: Readonly<Record<Verdict, 'green' | 'red' | 'incomplete'>> = {
  pass: 'green',
  fail: 'red',
  'known-deviation': 'green',
  'changed-deviation': 'red',
  'unexpected-pass': 'red',
  'expired-deviation': 'red',
  unsupported: 'green',
  'dishonest-capability': 'red',
  skipped: 'green',
  error: 'red',
  hang: 'red',
  crash: 'red',
  'not-run': 'incomplete',
};

/** One scenario of the catalogue; for an outline, one row of its examples. */
export interface Scenario {
  /** The id tag, for an example row followed by `:` and the row's first cell: `whiteout.3:fifo`. */
  readonly id: string;
  readonly name: string;
  readonly feature: string;
  /** Empty outside of any Rule. */
  readonly rule: string;
  /** Relative to the package: `features/union/whiteouts.feature`. */
  readonly uri: string;
  /** Of the scenario, or of the example row. */
  readonly line: number;
  readonly claims: readonly string[];
  readonly needs: readonly Capability[];
  readonly requires: readonly Requirement[];
  readonly tags: readonly string[];
  /** The steps as written, with keyword, tables and doc strings: one line each. */
  readonly steps: readonly string[];
}

/** One claim of the source documents (`docs/claims.yaml`). */
export interface Claim {
  readonly id: string;
  readonly source: string;
  readonly statement: string;
  /** What is true, where the source is wrong or leaves a condition out. */
  readonly truth?: string;
}

/** Where scenarios were run. */
export interface HostFacts {
  /** What `--on` takes: `local`, `uml:6.1`. */
  readonly name: string;
  readonly kernel: string;
  readonly arch: string;
  readonly node: string;
  readonly user: 'root' | 'ordinary';
}

export interface BackendSummary {
  /** In a report of several hosts `overlay@uml:6.1`. */
  readonly name: string;
  readonly title: string;
  readonly capabilities: readonly Capability[];
  /** Empty when it is not available. */
  readonly version: string;
  /** What else was found of it here: which engine, and on what. */
  readonly note?: string;
  /** Why it is not available, and how to get it. */
  readonly unavailable?: { readonly reason: string; readonly remedy: string };
  /** In a report of several hosts: where it was run. */
  readonly host?: HostFacts;
}

/** First line of `results.ndjson` (`schemas/results.schema.json`). */
export interface Header {
  readonly type: 'header';
  readonly format: 'union-conformance-results/1';
  readonly suite: { readonly version: string };
  /** ISO 8601, UTC. */
  readonly started: string;
  /** Where the backends were run that name no host of their own. */
  readonly host: HostFacts;
  readonly seed: number | undefined;
  /** False when a filter left scenarios out: then nothing can be said about stale deviations or claims. */
  readonly everything: boolean;
  readonly backends: readonly BackendSummary[];
  readonly scenarios: readonly Scenario[];
  readonly claims: readonly Claim[];
}

export interface Result {
  readonly type: 'result';
  readonly backend: string;
  /** Id of a scenario of the header. */
  readonly scenario: string;
  readonly verdict: Verdict;
  readonly outcome: Outcome;
  /** Why the difference is accepted, for verdicts about a deviation. */
  readonly deviation?: { readonly kind: string; readonly reason: string; readonly reference?: string };
  /** Milliseconds from the scenario's begin to its end. */
  readonly duration: number;
  /** The part of it in which the union was at work: mount, operations, reading, unmount. The rest is the harness. */
  readonly inUnion: number;
  /** A command that runs just this scenario again. */
  readonly reproduce: string;
}

/** Last line of `results.ndjson`; a file without one is of an incomplete run. */
export interface Footer {
  readonly type: 'footer';
  readonly counts: Readonly<Record<Verdict, number>>;
  /** What is wrong with the run as a whole: stale deviations, results that are missing. */
  readonly problems: readonly string[];
  /** What `--require` asked for and the host did not have. */
  readonly missing: readonly string[];
  readonly exitCode: number;
  /** Milliseconds. */
  readonly duration: number;
}

/** A whole run, as the reporters get it. */
export interface Report {
  readonly header: Header;
  readonly results: readonly Result[];
  readonly footer: Footer;
}
