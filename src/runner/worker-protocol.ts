/** What the pool and a worker tell each other over the IPC channel of fork(). */
import type { Answer, Request } from '../agent/protocol.js';
import type { Outcome, Scenario } from '../outcome.js';
import type { Batch } from './batches.js';
import type { Isolation } from './sandbox.js';

/** One scenario of a batch. */
export type Planned = Pick<Scenario, 'id' | 'uri' | 'line'>;

export type Order =
  /** One question for the agent outside of any scenario: probes. */
  | { readonly order: 'ask'; readonly request: Request }
  | { readonly order: 'run'; readonly batch: Batch }
  | { readonly order: 'stop' };

export type Report =
  | { readonly report: 'ready'; readonly isolation: Isolation; readonly refusals: readonly string[] }
  | { readonly report: 'answer'; readonly answer: Answer }
  | { readonly report: 'started'; readonly id: string }
  | {
      readonly report: 'finished';
      readonly id: string;
      readonly outcome: Outcome;
      readonly duration: number;
      readonly inUnion: number;
    }
  | { readonly report: 'idle' };
