import type {
  ContainerAct,
  ContainerParts,
  ContainerSeen,
  ProcessLook,
  Ran,
  Where,
} from '../src/agent/container-protocol.js';
import type { Device } from '../src/files.js';
import { ExpectationFailed, HarnessError } from '../src/runner/stage.js';
import type { ProcessEnd } from '../src/system/processes.js';
import type { Tense } from './parameter-types.js';
import type { UnionWorld } from './world.js';

/** How a shell is asked for a script. */
export function shell(script: string): readonly string[] {
  return ['/bin/sh', '-c', script];
}

/** What does nothing, for ever. */
const IDLE = ['/bin/sleep', '1000000'];

/** One scenario's view of its containers, through the agent. */
export class ContainerView {
  /** The block device of `makeDisk`. */
  disk: Device | undefined;
  readonly #world: UnionWorld;
  #took = 0;
  /** What the When came to, until a Then has looked at how it ended. */
  #ran: Ran | undefined;
  /** Whether a When has run something, and how it ended was looked at. */
  #endSeen = false;
  /** The argument by which each idle process is told from all others. */
  readonly #marks = new Map<string, string>();

  constructor(world: UnionWorld) {
    this.#world = world;
  }

  async #act(act: ContainerAct): Promise<ContainerSeen> {
    return (await this.#world.ask({ do: 'container', act }, 'seen')).seen;
  }

  async start(container: string, parts: ContainerParts, command: readonly string[] = IDLE): Promise<void> {
    await this.#act({ act: 'start', container, parts, command });
  }

  /** Starts a container for one command, and waits for its end. */
  async runFirst(container: string, parts: ContainerParts, command: readonly string[]): Promise<void> {
    await this.start(container, parts, command);
    this.#keep((await this.#act({ act: 'await', process: container, limit: RUN_LIMIT_MS })) as Ran);
  }

  /** What a step runs: it has to end with 0 in the past tense, and is kept for a Then in the present. */
  async run(tense: Tense, where: Where, script: string): Promise<void> {
    const began = performance.now();
    const ran = (await this.#act({ act: 'run', where, command: shell(script) })) as Ran;
    this.#took = performance.now() - began;
    if (tense === 'is') this.#keep(ran);
    else insistOnEnd(ran, { kind: 'exited', status: 0 });
  }

  #keep(ran: Ran): void {
    if (this.#ran !== undefined) throw new HarnessError('a scenario has one When');
    this.#ran = ran;
  }

  /** What a script prints, without the line feed at its end. @throws ExpectationFailed unless it ends with 0. */
  async outputOf(where: Where, script: string): Promise<string> {
    const ran = (await this.#act({ act: 'run', where, command: shell(script) })) as Ran;
    insistOnEnd(ran, { kind: 'exited', status: 0 });
    return printed(ran);
  }

  /** Starts a process that does nothing, and can be told from all others by its argument. */
  async keepIdle(process: string, where: Where): Promise<void> {
    const mark = String(1_000_001 + this.#marks.size);
    this.#marks.set(process, mark);
    await this.#act({ act: 'keep', process, where, command: ['/bin/sleep', mark] });
  }

  async keep(process: string, where: Where, script: string): Promise<void> {
    await this.#act({ act: 'keep', process, where, command: shell(script) });
  }

  async makeDisk(size: number): Promise<void> {
    const { device } = (await this.#act({ act: 'make-disk', size })) as { readonly device: Device };
    this.disk = device;
  }

  /** How long the When took; milliseconds. */
  get took(): number {
    return this.#took;
  }

  /** Whether /proc shows a process of `keepIdle`. */
  async sees(where: Where, process: string): Promise<boolean> {
    const mark = this.#marks.get(process);
    if (mark === undefined) throw new HarnessError(`process ${process} was not started, or does something`);
    // A process may end between the listing and the look.
    const commands = await this.outputOf(where, 'cat /proc/[0-9]*/cmdline 2>&- | tr "\\0" "\\n"');
    return commands.split('\n').includes(mark);
  }

  async signal(process: string, signal: NodeJS.Signals): Promise<void> {
    await this.#act({ act: 'signal', process, signal });
  }

  async awaitOutput(process: string, text: string): Promise<void> {
    const ran = (await this.#act({ act: 'await-output', process, text })) as Ran;
    if (!ran.output.includes(text)) {
      throw new ExpectationFailed(`${process} prints "${ran.output}", not "${text}"`);
    }
  }

  async awaitEnd(process: string, limit: number): Promise<Ran> {
    return (await this.#act({ act: 'await', process, limit })) as Ran;
  }

  async look(process: string): Promise<ProcessLook> {
    return (await this.#act({ act: 'look', process })) as ProcessLook;
  }

  async mounts(where: Where): Promise<readonly string[]> {
    return ((await this.#act({ act: 'mounts', where })) as { readonly mounts: readonly string[] }).mounts;
  }

  /** What the When printed. @throws ExpectationFailed unless it ended with 0, or a Then has looked at its end. */
  get printed(): string {
    if (this.#ran === undefined) throw new HarnessError('nothing was run that could print');
    this.insistOnSuccess();
    return printed(this.#ran);
  }

  expectEnd(wanted: ProcessEnd): void {
    if (this.#ran === undefined) throw new HarnessError('nothing was run that could end');
    this.#endSeen = true;
    insistOnEnd(this.#ran, wanted);
  }

  /** @throws ExpectationFailed when the When ended otherwise than with 0, and no Then has looked at that. */
  insistOnSuccess(): void {
    if (this.#ran !== undefined && !this.#endSeen) insistOnEnd(this.#ran, { kind: 'exited', status: 0 });
  }
}

const RUN_LIMIT_MS = 8000;

function printed({ output }: Ran): string {
  return output.replace(/\n$/, '');
}

export function showEnd(end: ProcessEnd | null): string {
  if (end === null) return 'still runs';
  return end.kind === 'exited' ? `ends with status ${end.status}` : `is killed by ${end.signal}`;
}

export function insistOnEnd({ end, output }: Ran, wanted: ProcessEnd): void {
  const [seen, said] = [showEnd(end), showEnd(wanted)];
  if (seen === said) return;
  const evidence = output === '' ? [] : [{ title: 'what it printed', text: output }];
  throw new ExpectationFailed(`it ${seen}; it has to be so that it ${said}`, { evidence });
}
