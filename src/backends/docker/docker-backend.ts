import { rmSync } from 'node:fs';
import { baseLayer } from '../../archive/base-layer.js';
import type { Layer } from '../../archive/layer.js';
import {
  type Adopted,
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
import type { Unavailable } from './client.js';
import { DockerImages } from './docker-images.js';
import { dockerContainers } from './docker-runtime.js';
import type { Engine } from './engine.js';
import { startAnother, startEngine } from './start-engine.js';
import type { StorageDriver } from './storage-driver.js';

type Place = Pick<Sandbox, 'directory' | 'isolated' | 'privileged'>;

interface Started {
  readonly engine: Engine;
  readonly base: Layer;
  readonly place: Place;
}

/** Docker with one of its storage drivers. */
export function dockerBackend(name: string, driver: StorageDriver): Backend {
  let started: Started | undefined;

  function running(): Started {
    if (started === undefined) throw new Error(`${name} was not started`);
    if (started.engine.state() === 'dead') endWithoutEngine(started.engine);
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
      () => startAnother(driver.name, running().place),
    ),

    start(place) {
      const base = baseLayer();
      if (base === undefined) return missingProgram;
      const engine = startEngine(driver.name, place);
      if ('kind' in engine) {
        const unsupported = engine.reason.endsWith('driver not supported');
        return unsupported ? { ...engine, remedy: driver.howToGet ?? engine.remedy } : engine;
      }
      started = { engine, base, place };
      return { kind: 'available', version: engine.version };
    },

    stop: () => started?.engine.close(),

    probe(sandbox) {
      const branches = probeBranches(sandbox);
      try {
        const adopted = adopt(branches);
        try {
          adopted.mount().unmount();
        } finally {
          adopted.release();
        }
        return { kind: 'available', version: running().engine.version };
      } catch (failure) {
        if (!(failure instanceof MountError)) throw failure;
        return { kind: 'unavailable', reason: failure.message, remedy: 'run such a container by hand' };
      } finally {
        for (const { path } of branches) rmSync(toBuffer(path), { recursive: true, force: true });
      }
    },

    mount(branches, sandbox, options) {
      const adopted = adopt(branches, sandbox, options);
      const union = adopted.mount();
      return {
        ...union,
        unmount() {
          union.unmount();
          adopted.release();
        },
      };
    },

    adopt,
  });
}

/** An agent that has lost its engine is of no use to any scenario: the next one gets another, with an engine of its own. */
function endWithoutEngine(engine: Engine): never {
  process.stderr.write(`the container engine has ended: ${engine.log()}\n`);
  process.exit(70);
}

const missingProgram: Unavailable = {
  kind: 'unavailable',
  reason: 'busybox: not found in PATH',
  remedy: 'apt-get install busybox-static',
};
