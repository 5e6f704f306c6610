import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Backend, defineBackend, type Union } from '../../backend.js';
import { packageRoot } from '../../catalogue/package-root.js';
import { dotWh } from '../../formats/dot-wh.js';
import { DirectoryUnion } from '../../union/directory-union.js';
import type { EngineClass } from '../../union/engine.js';
import { InProcess } from '../../union/in-process.js';
import { inHouseCapabilities } from './capabilities.js';

export interface Userland {
  readonly name: string;
  readonly title: string;
  /** The engine, or a twin of it that breaks a rule. */
  readonly Engine: EngineClass;
}

/** A backend of an engine in this process. */
export function userlandBackend({ name, title, Engine }: Userland): Backend {
  return defineBackend({
    name,
    title,
    capabilities: inHouseCapabilities,
    format: dotWh,

    probe() {
      const text = readFileSync(join(packageRoot, 'package.json'), 'utf8');
      const { version } = JSON.parse(text) as { version: string };
      return { kind: 'available', version };
    },

    mount(branches, _sandbox, options): Union {
      const union = new DirectoryUnion(Engine, branches, options);
      return {
        files: new InProcess(union.engine),
        daemon: () => 'none',
        log: () => '',
        changeBranches: (change) => union.changeBranches(change),
        unmount: () => union.engine.unmount(),
      };
    },
  });
}
