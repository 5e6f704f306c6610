import { basename, join } from 'node:path';
import { After, Before, setDefaultTimeout, setDefinitionFunctionWrapper } from '@cucumber/cucumber';
import type { Pickle } from '@cucumber/messages';
import { AgentStopped } from '../src/runner/agent-client.js';
import { ExpectationFailed, HarnessError, stage } from '../src/runner/stage.js';
import type { UnionWorld } from './world.js';

setDefaultTimeout(-1); // the agent's client has the time limits, and can end what hangs

/** Keeps the first failure of the scenario: cucumber tells an After hook only of the last step's. */
setDefinitionFunctionWrapper((step: (...values: unknown[]) => unknown) => {
  async function keepingFailure(this: UnionWorld, ...values: unknown[]): Promise<unknown> {
    try {
      return await step.apply(this, values);
    } catch (failure) {
      this.failure ??= failure;
      throw failure;
    }
  }
  // Cucumber tells by the number of parameters whether a step takes a callback.
  return Object.defineProperty(keepingFailure, 'length', { value: step.length });
});

Before(function (this: UnionWorld, { pickle }) {
  this.comparesMoments = pickle.steps.some(({ text }) => text.includes(' has a later '));
  this.controlGroups.measures = pickle.steps.some(({ text }) => text.includes(' measured for '));
  this.expectsFailure = pickle.steps.some(({ text }) => text.startsWith('it fails with '));
});

/**
 * After every scenario: what failed was looked at, the union was looked at, its daemon
 * lives, its read-only branches are as they were, and nothing is left behind.
 */
After(async function (this: UnionWorld, { pickle }) {
  const { failure: failed } = this;
  let failure = failed;
  let log = '';
  try {
    if (failure === undefined) {
      const { looked } = this;
      this.insistOnSuccess();
      if (!looked) throw new HarnessError('no Then looked at the union');
    }
  } catch (problem) {
    failure = problem;
  }
  try {
    if (!(failure instanceof AgentStopped) && (await this.hasBegun())) {
      if (failure !== undefined) log = (await this.ask({ do: 'log' }, 'log')).log;
      await checkAftermath(this, failure === undefined ? undefined : keptAt(pickle));
    }
  } catch (problem) {
    // What is wrong after the scenario outweighs what failed within it: a dead daemon explains
    // the failure, and no accepted failure may hide a changed read-only branch.
    if (failure instanceof Error) log = `before that: ${failure.message}\n${log}`;
    failure = problem;
    await stage.replaceAgent();
  }
  stage.curtain = failure === undefined ? { kind: 'passed' } : { kind: 'stopped', failure, log };
  if (failure !== undefined && failed === undefined) throw failure;
});

/** Where the branches of a failed scenario are copied to, when the run keeps them. */
function keptAt({ uri, location }: Pickle): string | undefined {
  if (stage.keep === undefined) return undefined;
  const place = `${basename(uri, '.feature')}-${location?.line ?? 0}`;
  return join(stage.keep, place);
}

async function checkAftermath(world: UnionWorld, keep: string | undefined): Promise<void> {
  const { aftermath } = await world.ask({ do: 'end', ...(keep === undefined ? {} : { keep }) }, 'aftermath');
  stage.inUnion = aftermath.inUnion;
  if (aftermath.daemon === 'dead') throw new AgentStopped('crash', 'the daemon of the union died', []);
  if (aftermath.changedBranches.length > 0) {
    throw new ExpectationFailed('a read-only branch has changed', {
      evidence: [
        { title: 'read-only branches (- before, + after)', text: aftermath.changedBranches.join('\n') },
      ],
    });
  }
  if (aftermath.leftovers.length > 0) {
    throw new ExpectationFailed(`the union leaves behind: ${aftermath.leftovers.join(', ')}`);
  }
}
