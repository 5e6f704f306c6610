import { createInterface } from 'node:readline';
import type { Answer, Request } from '../agent/protocol.js';
import type { Evidence } from '../outcome.js';
import {
  type AgentProcess,
  describeProcesses,
  type Isolation,
  isolationsToTry,
  spawnAgent,
} from './sandbox.js';

const START_LIMIT_MS = 15_000;
const START_ATTEMPTS = 3;
const STOP_LIMIT_MS = 1_000;

/** The agent did not answer in time, or is gone. */
export class AgentStopped extends Error {
  override readonly name = 'AgentStopped';
  readonly kind: 'hang' | 'crash';
  readonly evidence: readonly Evidence[];

  constructor(kind: 'hang' | 'crash', message: string, evidence: readonly Evidence[]) {
    super(message);
    this.kind = kind;
    this.evidence = evidence;
  }
}

type Line = Answer & { readonly ready?: number };

/** A question that was asked. */
interface Waiting {
  /** Milliseconds. */
  readonly limit: number;
  readonly resolve: (line: Line | undefined) => void;
}

/** The worker's end of an agent: questions are answered in their order, each within a time limit. */
export class AgentClient {
  readonly isolation: Isolation;
  readonly #process: AgentProcess;
  readonly #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;
  #errors = '';
  #gone = false;

  private constructor(isolation: Isolation) {
    this.isolation = isolation;
    this.#process = spawnAgent(isolation);
    const lines = createInterface({ input: this.#process.stdout });
    lines.on('line', (line) => this.#settle(JSON.parse(line) as Line));
    lines.on('close', () => {
      this.#gone = true;
      while (this.#waiting.length > 0) this.#settle(undefined);
    });
    this.#process.stderr.on('data', (data: Buffer) => {
      this.#errors = (this.#errors + data.toString()).slice(-4000);
    });
    this.#process.stdin.on('error', () => {}); // EPIPE: the end of its output says the same
  }

  /** Starts an agent with the best isolation this host allows. */
  static async start(): Promise<{ readonly client: AgentClient; readonly refusals: readonly string[] }> {
    const refusals: string[] = [];
    for (const isolation of isolationsToTry()) {
      for (let attempt = 1; ; attempt += 1) {
        const client = new AgentClient(isolation);
        if ((await client.#next(START_LIMIT_MS)) !== undefined) return { client, refusals };
        await client.kill();
        // A refusal repeats itself, the death of an agent that was killed does not: with less
        // isolation than the other workers' agents it would see another host.
        if (attempt < START_ATTEMPTS) continue;
        refusals.push(`${isolation}: ${client.#errors.trim() || 'it ended without a word'}`);
        break;
      }
    }
    throw new Error(`no agent could be started: ${refusals.join('; ')}`);
  }

  /** @throws AgentStopped when there is no answer within the limit (milliseconds) or the agent ends. */
  async ask(request: Request, limit: number): Promise<Answer> {
    if (!this.#gone) this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    const answer = await this.#next(limit);
    if (answer !== undefined) return answer;
    if (this.#gone) throw await this.#crashed(request);
    const text = describeProcesses(this.#process.pid ?? 0);
    await this.kill();
    throw new AgentStopped(
      'hang',
      `no answer within ${limit / 1000} s to ${describe(request)}${whoIsStopped(text)}`,
      [{ title: 'what its processes were doing', text }],
    );
  }

  async #crashed(request: Request): Promise<AgentStopped> {
    const { signal, exitCode } = await this.#process;
    const how = signal === undefined ? `exit code ${exitCode}` : signal;
    // With this status it has said itself why.
    const why = exitCode === 70 ? `: ${this.#errors.trim().split('\n', 1)[0]}` : '';
    return new AgentStopped('crash', `the agent ended (${how}) at ${describe(request)}${why}`, [
      { title: "the agent's own output", text: this.#errors },
    ]);
  }

  async #next(limit: number): Promise<Line | undefined> {
    if (this.#gone) return undefined;
    return new Promise((resolve) => {
      this.#waiting.push({ limit, resolve });
      if (this.#waiting.length === 1) this.#watch();
    });
  }

  #settle(line: Line | undefined): void {
    this.#waiting.shift()?.resolve(line);
    this.#watch();
  }

  /** The time of a question begins when those before it have their answers. */
  #watch(): void {
    clearTimeout(this.#timer);
    const [first] = this.#waiting;
    if (first !== undefined) this.#timer = setTimeout(() => this.#settle(undefined), first.limit);
  }

  /** Lets it end by itself, as it does when its input ends. */
  async stop(): Promise<void> {
    this.#process.stdin.end();
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), STOP_LIMIT_MS);
    await this.#process;
    clearTimeout(timer);
  }

  /** Ends it and everything in its sandbox. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#process;
  }
}

/** Of the description of processes those that somebody has stopped (SIGSTOP), in words. */
function whoIsStopped(description: string): string {
  const names = [...description.matchAll(/^(.*): state T /gm)].map(([, name = '']) => name);
  return names.length === 0 ? '' : `: ${names.join(', ')} is stopped`;
}

function describe(request: Request): string {
  if (request.do !== 'call') return request.do;
  return request.call.call;
}
