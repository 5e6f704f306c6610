import type { Backend } from '../backend.js';
import { type Availability, MountError, type Sandbox } from '../backend.js';
import { loadBackend } from '../backends/load-backend.js';
import type { Bytes } from '../bytes.js';
import { ContainerError } from '../container.js';
import { withContainers } from '../containers/with-containers.js';
import { ImageError } from '../images.js';
import type { Reading } from '../tree/read-tree.js';
import { probeCapability } from './capability-probes.js';
import type { Answer, Request } from './protocol.js';
import { probeRequirement } from './requirement-probes.js';
import { AgentScenario } from './scenario.js';
import type { WorkArea } from './work-area.js';

/** A backend of this agent, and what became of what its unions share. */
interface Started {
  readonly backend: Backend;
  readonly unavailable?: Extract<Availability, { kind: 'unavailable' }>;
}

export type Host = Pick<Sandbox, 'privileged' | 'isolated'>;

/** Answers requests, one at a time. */
export class Dispatcher {
  readonly #area: WorkArea;
  readonly #host: Host;
  readonly #backends = new Map<string, Started>();
  #scenario: AgentScenario | undefined;

  constructor(area: WorkArea, host: Host) {
    this.#area = area;
    this.#host = host;
  }

  async answer(request: Request): Promise<Answer> {
    try {
      return await this.#answer(request);
    } catch (failure) {
      if (failure instanceof MountError) return { mountError: failure.message };
      if (failure instanceof ContainerError) return { containerError: failure.message };
      if (failure instanceof ImageError) return { imageError: failure.message };
      return { failure: failure instanceof Error ? (failure.stack ?? failure.message) : String(failure) };
    }
  }

  async #answer(request: Request): Promise<Answer> {
    switch (request.do) {
      case 'probe': {
        const { backend, unavailable } = await this.#start(request.backend);
        const { name, title, capabilities, probe } = backend;
        return { name, title, capabilities, availability: unavailable ?? this.#probe(probe) };
      }
      case 'probe-capability': {
        const backend = await this.#backend(request.backend);
        return probeCapability(request.capability, (branches) => {
          return new AgentScenario(backend, this.#area, this.#host, branches);
        });
      }
      case 'probe-requirement':
        return probeRequirement(request.requirement, this.#area);
      case 'begin':
        this.#scenario = new AgentScenario(
          await this.#backend(request.backend),
          this.#area,
          this.#host,
          request.branches,
        );
        return { done: true };
      case 'plant':
        return { result: this.#current().plant(request.branch, request.path, request.planted) };
      case 'uproot':
        return { result: this.#current().uproot(request.branch, request.path) };
      case 'adjust':
        return { result: this.#current().adjust(request.branch, request.path, request.property) };
      case 'options':
        this.#current().addOptions(request.options);
        return { done: true };
      case 'remount':
        this.#current().remount();
        return { done: true };
      case 'unmount':
        this.#current().unmount();
        return { done: true };
      case 'kernel-view':
        return { view: this.#current().kernelView() ?? null };
      case 'as':
        this.#current().actAs(request.identity ?? undefined);
        return { done: true };
      case 'umask':
        this.#current().maskModes(request.umask);
        return { done: true };
      case 'call':
        return { result: this.#current().call(request.call) };
      case 'tree':
        return treeAnswer(
          request.of === 'union'
            ? this.#current().readUnion(request.lookUp)
            : this.#current().readBranch(request.of.branch),
        );
      case 'look':
        return { entry: this.#current().lookInto(request.branch, request.path) ?? null };
      case 'container':
        return { seen: this.#current().act(request.act) };
      case 'images':
        return { images: this.#current().images(request.request) };
      case 'log':
        return { log: this.#scenario?.log() ?? '' };
      case 'end': {
        const scenario = this.#current();
        this.#scenario = undefined;
        return { aftermath: scenario.end(request.keep) };
      }
    }
  }

  async #start(nameOrFile: string): Promise<Started> {
    const known = this.#backends.get(nameOrFile);
    if (known !== undefined) return known;
    const backend = withContainers(await loadBackend(nameOrFile));
    const availability = backend.start?.({ ...this.#host, directory: this.#area.create().path });
    const started =
      availability?.kind === 'unavailable' ? { backend, unavailable: availability } : { backend };
    this.#backends.set(nameOrFile, started);
    return started;
  }

  /** @throws MountError when it cannot have a union here. */
  async #backend(nameOrFile: string): Promise<Backend> {
    const { backend, unavailable } = await this.#start(nameOrFile);
    if (unavailable !== undefined) throw new MountError(`${unavailable.reason}; ${unavailable.remedy}`);
    return backend;
  }

  /** Ends what does not end with this process. */
  close(): void {
    for (const { backend } of this.#backends.values()) backend.stop?.();
  }

  #current(): AgentScenario {
    if (this.#scenario === undefined) throw new Error('no scenario has begun');
    return this.#scenario;
  }

  #probe(probe: Backend['probe']): Availability {
    const place = this.#area.create();
    const directory = `${place.path}/backend` as Bytes;
    const mountPoint = `${place.path}/union` as Bytes;
    this.#area.files.makeDirectory(`${place.name}/backend` as Bytes, 0o755);
    this.#area.files.makeDirectory(`${place.name}/union` as Bytes, 0o755);
    try {
      return probe({ ...this.#host, directory, mountPoint });
    } finally {
      this.#area.remove(place.name);
    }
  }
}

function treeAnswer({ tree, disagreements }: Reading): Answer {
  return { tree: [...tree.values()], disagreements };
}
