import type { Answer, Request } from '../agent/protocol.js';
import type { Evidence } from '../outcome.js';
import { AgentClient, AgentStopped } from './agent-client.js';

/** Time limit of one request, in milliseconds: a step makes one or a few. */
const REQUEST_LIMIT_MS = Number(process.env['UNION_CONFORMANCE_REQUEST_LIMIT_MS'] ?? 10_000);

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

/**
 * Where the steps of one worker find their agent and their backend. Steps and worker share
 * a process, so this module's state is what connects them through cucumber.
 */
class Stage {
  backend = '';
  curtain: Curtain = { kind: 'passed' };
  #client: AgentClient | undefined;
  #starting: Promise<AgentClient> | undefined;

  /** A running agent; a new one after the last was stopped. */
  async agent(): Promise<AgentClient> {
    if (this.#client !== undefined) return this.#client;
    this.#starting ??= AgentClient.start().then(({ client }) => client);
    this.#client = await this.#starting;
    this.#starting = undefined;
    return this.#client;
  }

  /** @throws AgentStopped, HarnessError; ExpectationFailed when the union cannot be mounted. */
  async ask(request: Request): Promise<Answer> {
    const client = await this.agent();
    try {
      const answer = await client.ask(request, REQUEST_LIMIT_MS);
      if ('failure' in answer) throw new HarnessError(answer.failure);
      if ('mountError' in answer)
        throw new ExpectationFailed(`the union cannot be mounted: ${answer.mountError}`);
      return answer;
    } catch (failure) {
      if (failure instanceof AgentStopped) this.#client = undefined;
      throw failure;
    }
  }

  /** Ends the agent when it may hold on to something a scenario left. */
  async replaceAgent(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.kill();
  }

  async close(): Promise<void> {
    await this.#client?.stop();
    this.#client = undefined;
  }
}

export const stage = new Stage();
