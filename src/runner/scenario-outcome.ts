import type { Evidence, Outcome } from '../outcome.js';
import { AgentStopped } from './agent-client.js';
import { type Curtain, ExpectationFailed, HarnessError } from './stage.js';

/** What a scenario came to: its failure, the step it failed in, and what cucumber had to say. */
export function outcomeOf(curtain: Curtain, step: string, harness: string): Outcome {
  if (harness !== '') return { kind: 'error', step, message: harness, evidence: [] };
  if (curtain.kind === 'passed') return { kind: 'passed' };
  const { failure, log } = curtain;
  const own: readonly Evidence[] = log === '' ? [] : [{ title: "the backend's own output", text: log }];
  if (failure instanceof ExpectationFailed) {
    const { message, signature, evidence } = failure;
    return { kind: 'failed', step, message, signature, evidence: [...evidence, ...own] };
  }
  if (failure instanceof AgentStopped) {
    return { kind: failure.kind, step, message: failure.message, evidence: [...failure.evidence, ...own] };
  }
  const message = failure instanceof Error ? failure.message : String(failure);
  const stack = failure instanceof Error && !(failure instanceof HarnessError) ? (failure.stack ?? '') : '';
  const evidence = stack === '' ? own : [{ title: 'stack', text: stack }, ...own];
  return { kind: 'error', step, message, evidence };
}
