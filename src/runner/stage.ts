import type { Answer, Request } from '../agent/protocol.js';
import type { Evidence } from '../outcome.js';
import { AgentClient, AgentStopped } from './agent-client.js';
import type { Isolation } from './sandbox.js';

/** Time limit of one request, in milliseconds: a step makes one or a few. */
const REQUEST_LIMIT_MS = Number(process.env.UNION_CONFORMANCE_REQUEST_LIMIT_MS ?? 10_000);

/** What the first request to name a backend may take beside that: it starts what all unions share, such as an engine. */
const START_LIMIT_MS = 20_000;

function limitOf(request: Request): number {
  return REQUEST_LIMIT_MS + (request.do === 'probe' || request.do === 'begin' ? START_LIMIT_MS : 0);
}

/** The harness, not the union, is at fault. */
export class HarnessError extends Error {
  override readonly name = 'HarnessError';
}

/** What the union did is not what the step says. */
export class ExpectationFailed extends Error {
  override readonly name = 'ExpectationFailed';
  /** The errno seen, or the first line of the message. */
  readonly signature: string;
  readonly evidence: readonly Evidence[];

  constructor(
    message: string,
    options: { readonly errno?: string; readonly evidence?: readonly Evidence[] } = {},
  ) {
    super(message);
    this.signature = options.errno ?? message.split('\n', 1)[0] ?? '';
    this.evidence = options.evidence ?? [];
  }
}

/** What the scenario that just ended came to, for the worker to send on. */
export type Curtain =
  | { readonly kind: 'passed' }
  | { readonly kind: 'stopped'; readonly failure: unknown; readonly log: string };

type Started = Awaited<ReturnType<typeof AgentClient.start>>;

/**
 * Where the steps of one worker find their agent and their backend. Steps and worker share
 * a process, so this module's state is what connects them through cucumber.
 */
class Stage {
  backend = '';
  /** Where the branches of a failed scenario are copied to, if they are. */
  keep: string | undefined;
  curtain: Curtain = { kind: 'passed' };
  /** Milliseconds in which the union was at work. */
  inUnion = 0;
  #started: Promise<Started> | undefined;

  /** Before each scenario. */
  begin(): void {
    this.curtain = { kind: 'passed' };
    this.inUnion = 0;
  }

  /** A running agent; a new one after the last was stopped. */
  async agent(): Promise<{ readonly isolation: Isolation; readonly refusals: readonly string[] }> {
    const { client, refusals } = await this.#start();
    return { isolation: client.isolation, refusals };
  }

  #start(): Promise<Started> {
    this.#started ??= AgentClient.start();
    return this.#started;
  }

  /** @throws AgentStopped; what the agent itself says is in the answer. */
  async askUnchecked(request: Request): Promise<Answer> {
    const started = this.#start();
    const { client } = await started;
    try {
      return await client.ask(request, limitOf(request));
    } catch (failure) {
      // Not the agent that another request has started meanwhile.
      if (failure instanceof AgentStopped && this.#started === started) this.#started = undefined;
      throw failure;
    }
  }

  /** @throws AgentStopped, HarnessError; ExpectationFailed when the union cannot be mounted. */
  async ask(request: Request): Promise<Answer> {
    const answer = await this.askUnchecked(request);
    if ('failure' in answer) throw new HarnessError(answer.failure);
    if ('mountError' in answer)
      throw new ExpectationFailed(`the union cannot be mounted: ${answer.mountError}`);
    if ('containerError' in answer)
      throw new ExpectationFailed(`the container cannot be made: ${answer.containerError}`);
    if ('imageError' in answer) throw new ExpectationFailed(answer.imageError);
    return answer;
  }

  /** Ends the agent when it may hold on to something a scenario left. */
  async replaceAgent(): Promise<void> {
    const started = this.#started;
    this.#started = undefined;
    await (await started)?.client.kill();
  }

  async close(): Promise<void> {
    await (await this.#started)?.client.stop();
    this.#started = undefined;
  }
}

export const stage = new Stage();
