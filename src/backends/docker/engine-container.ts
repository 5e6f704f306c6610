import type { Bytes } from '../../bytes.js';
import { ContainerError, type ContainerProcess } from '../../container.js';
import { ByFirstProcess } from '../../containers/by-first-process.js';
import { NativeProcess } from '../../containers/native-process.js';
import { waitFor } from '../../system/wait.js';
import { AttachedProcess } from './attached-process.js';
import { EngineError } from './client.js';
import { firstProcessOf, newcomerTo } from './container-processes.js';
import type { Engine } from './engine.js';
import { inspectContainer } from './inspect.js';

/** How long the engine may take to have a process running; milliseconds. */
const START_LIMIT_MS = 5_000;

/** A container of an engine, with a client that is attached to each of its processes. */
export class EngineContainer extends ByFirstProcess {
  readonly #engine: Engine;
  readonly #id: string;
  readonly #directory: Bytes;
  readonly #undo: () => void;
  protected readonly first: ContainerProcess;
  readonly #known = new Set<number>();
  #started = 0;

  /** @param undo removes the container. @throws ContainerError; it still has to be removed then. */
  constructor(engine: Engine, id: string, directory: Bytes, undo: () => void) {
    super();
    this.#engine = engine;
    this.#id = id;
    this.#directory = directory;
    this.#undo = undo;
    const client = this.#attach(['container', 'start', '--attach', id]);
    const pid = this.#await(client, () => {
      const { Pid } = inspectContainer(engine.client, id).State;
      return Pid === 0 ? undefined : firstProcessOf(engine.proc, id);
    });
    this.first = new AttachedProcess(client, pid, (status) => this.#exitCode() || status);
  }

  /** As the engine notes it, unless 0: the client of one ends with 1 when a container cannot run its command, the notes of another with 0. */
  #exitCode(): number | undefined {
    try {
      return inspectContainer(this.#engine.client, this.#id).State.ExitCode;
    } catch (failure) {
      if (failure instanceof EngineError) return undefined; // the container is removed
      throw failure;
    }
  }

  #attach(parameters: readonly string[]): NativeProcess {
    this.#started += 1;
    const log = `${this.#directory}/${this.#started}.log` as Bytes;
    return NativeProcess.start(this.#engine.client.command(parameters), log);
  }

  /** The number of a process that the client has started; undefined when it has ended already. */
  #await(client: NativeProcess, find: () => number | undefined): number | undefined {
    const found = waitFor(
      () => find() ?? (client.wait(0) === undefined ? undefined : 'ended'),
      START_LIMIT_MS,
    );
    if (found === undefined) throw new ContainerError(`the engine starts nothing: ${client.output().trim()}`);
    if (found === 'ended') return undefined;
    this.#known.add(found);
    return found;
  }

  exec(command: readonly string[]): ContainerProcess {
    const client = this.#attach(['container', 'exec', this.#id, ...command]);
    const pid = this.#await(client, () => newcomerTo(this.#engine.proc, this.pid, this.#known));
    return new AttachedProcess(client, pid, (status) => status);
  }

  end(): void {
    this.#undo();
    this.first.wait(START_LIMIT_MS);
  }
}
