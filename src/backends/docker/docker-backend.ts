import { rmSync } from 'node:fs';
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
import { adoptBranches } from './adopt-branches.js';
import { baseLayer } from './base-layer.js';
import type { Unavailable } from './client.js';
import type { Engine } from './engine.js';
import { startEngine } from './start-engine.js';
import type { StorageDriver } from './storage-driver.js';

/** Docker with one of its storage drivers. */
export function dockerBackend(name: string, driver: StorageDriver): Backend {
  let engine: Engine | undefined;
  let base: Layer | undefined;

  function adopt(branches: readonly Branch[], _?: Sandbox, options?: MountOptions): Adopted {
    if (engine === undefined || base === undefined) throw new Error(`${name} was not started`);
    return adoptBranches(engine, driver, base, branches, options);
  }

  return defineBackend({
    name,
    title: driver.title,
    capabilities: driver.capabilities,
    format: driver.format,

    start(place) {
      base = baseLayer();
      if (base === undefined) return missingProgram;
      const started = startEngine(driver.name, place);
      if ('kind' in started) return started;
      engine = started;
      return { kind: 'available', version: started.version };
    },

    stop: () => engine?.close(),

    probe(sandbox) {
      const branches = probeBranches(sandbox);
      try {
        const adopted = adopt(branches);
        try {
          adopted.mount().unmount();
        } finally {
          adopted.release();
        }
        return { kind: 'available', version: engine?.version ?? '' };
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

const missingProgram: Unavailable = {
  kind: 'unavailable',
  reason: 'busybox: not found in PATH',
  remedy: 'apt-get install busybox-static',
};
