import { rmSync } from 'node:fs';
import { baseLayer } from '../../archive/base-layer.js';
import { imageArchive } from '../../archive/image.js';
import type { Layer } from '../../archive/layer.js';
import {
  type Adopted,
  type Availability,
  type Backend,
  type Branch,
  defineBackend,
  MountError,
  type MountOptions,
  type Sandbox,
} from '../../backend.js';
import { toBuffer } from '../../bytes.js';
import { probeBranches } from '../../description/probe-branches.js';
import { adoptBranches, branchesOf } from './adopt-branches.js';
import { EngineError, type Unavailable } from './client.js';
import { DockerImages } from './docker-images.js';
import { dockerContainers } from './docker-runtime.js';
import type { Engine } from './engine.js';
import { ENGINE, PRIVATE } from './engine-choice.js';
import { type Engines, lacking, type Place, startAnother } from './engines.js';
import { endWithoutEngine } from './loyal-client.js';
import type { StorageDriver } from './storage-driver.js';
import { Undo } from './undo.js';

type Available = Extract<Availability, { kind: 'available' }>;

interface Started {
  readonly engine: Engine;
  readonly base: Layer;
  readonly place: Place;
}

/** A container engine with one of its storage drivers. */
export function engineBackend(name: string, driver: StorageDriver, engines: Engines): Backend {
  let started: Started | undefined;

  function running(): Started {
    if (started === undefined) throw new Error(`${name} was not started`);
    if (started.engine.state() === 'dead') endWithoutEngine(started.engine.log());
    return started;
  }

  function adopt(branches: readonly Branch[], _?: Sandbox, options?: MountOptions): Adopted {
    const { engine, base } = running();
    return adoptBranches(engine, driver, base, branches, options);
  }

  return defineBackend({
    name,
    title: driver.title,
    capabilities: driver.capabilities,
    format: driver.format,

    containers: dockerContainers(() => running().engine, driver, branchesOf),
    images: new DockerImages(
      () => running().engine,
      driver,
      () => startAnother(engines, driver, running().place),
    ),

    start(place) {
      if (started !== undefined) return { kind: 'available', version: started.engine.version };
      const base = baseLayer();
      if (base === undefined) return lacking('busybox', engines.packages);
      if (!place.isolated || !place.privileged) return notRoot;
      const engine = engines.start(driver, place);
      if ('kind' in engine) {
        const unsupported = engine.reason.endsWith('driver not supported');
        return unsupported ? { ...engine, remedy: driver.howToGet ?? engine.remedy } : engine;
      }
      const refusal = keepLayer(engine, base);
      if (refusal !== undefined) return refusal;
      started = { engine, base, place };
      return { kind: 'available', ...foundOf(engine) };
    },

    stop() {
      started?.engine.close();
      started = undefined;
    },

    ...engines.outside,

    probe(sandbox) {
      const branches = probeBranches(sandbox);
      try {
        const adopted = adopt(branches);
        try {
          adopted.mount().unmount();
        } finally {
          adopted.release();
        }
        const { engine } = running();
        return { kind: 'available', ...foundOf(engine) };
      } catch (failure) {
        if (!(failure instanceof MountError)) throw failure;
        return { kind: 'unavailable', reason: failure.message, remedy: 'run such a container by hand' };
      } finally {
        for (const { path } of branches) rmSync(toBuffer(path), { recursive: true, force: true });
      }
    },

    mount(branches, sandbox, options) {
      const adopted = adopt(branches, sandbox, options);
      const undo = new Undo();
      undo.push(() => adopted.release());
      try {
        const union = adopted.mount();
        undo.push(() => union.unmount());
        return { ...union, unmount: () => undo.all() };
      } catch (failure) {
        throw undo.because(failure);
      }
    },

    adopt,
  });
}

/** An image that stays: the layer below all others is not unpacked anew for each of them. */
function keepLayer({ client, label: [name, value] }: Engine, layer: Layer): Unavailable | undefined {
  const { archive } = imageArchive({ layers: [layer], command: [], labels: { [name]: value, kept: 'base' } });
  try {
    client(['image', 'load', '--quiet'], archive);
    return undefined;
  } catch (failure) {
    if (!(failure instanceof EngineError)) throw failure;
    return { kind: 'unavailable', reason: failure.message, remedy: 'load an image by hand' };
  }
}

/** Containers of features are sent signals, and share directories: with an engine outside of the sandbox they cannot. */
function foundOf({ version, note, shared }: Engine): Omit<Available, 'kind'> {
  if (shared !== undefined) return { version, note };
  const reason = `${note}: its containers are beside the sandbox, where no signal reaches them (ESRCH), and do not see what is mounted in it`;
  const remedy = `${ENGINE}=${PRIVATE} for an engine of the run's own`;
  return { version, note, lacks: [{ capability: 'containers', reason, remedy }] };
}

const notRoot: Unavailable = {
  kind: 'unavailable',
  reason: 'no root of the host',
  remedy: 'run as root',
};
