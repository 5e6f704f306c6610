import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Backend, type Branch, defineBackend, MountError, type Union } from '../../backend.js';
import { type Bytes, display } from '../../bytes.js';
import type { Capability } from '../../capability.js';
import { packageRoot } from '../../catalogue/package-root.js';
import { dotWh } from '../../formats/dot-wh.js';
import { openDirectory } from '../../system/directory.js';
import { SystemError } from '../../system/errno.js';
import type { UnionBranch } from '../../union/branches.js';
import type { EngineClass } from '../../union/engine.js';
import { InProcess } from '../../union/in-process.js';

const capabilities: readonly Capability[] = [
  'copy-on-write',
  'whiteouts',
  'opaque-directories',
  'whiteouts-in-read-only-branches',
  'plain-read-only-branches',
  'several-writable-branches',
  'no-writable-branch',
  'rename-flags',
  'hard-links',
  'linked-copy-up',
  'stable-inodes',
  'extended-attributes',
  'access-control-lists',
  'sparse-copy-up',
  'special-files',
  'unnamed-files',
  'direct-io',
  'hole-punching',
  'full-length-names',
  'dot-wh-whiteouts',
  'linked-whiteouts',
];

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
    capabilities,
    format: dotWh,

    probe() {
      const text = readFileSync(join(packageRoot, 'package.json'), 'utf8');
      const { version } = JSON.parse(text) as { version: string };
      return { kind: 'available', version };
    },

    mount(branches): Union {
      checkPaths(branches);
      const engine = new Engine(branches.map(openBranch));
      try {
        engine.mount();
      } catch (failure) {
        if (!(failure instanceof SystemError)) throw failure;
        throw new MountError(`a writable branch cannot be prepared: ${failure.message}`);
      }
      return {
        files: new InProcess(engine),
        daemon: () => 'none',
        log: () => '',
        unmount: () => engine.unmount(),
      };
    },
  });
}

function openBranch({ name, path, mode }: Branch): UnionBranch {
  const files = openDirectory(path);
  const kind = files.lookup('' as Bytes)?.kind ?? 'missing';
  if (kind !== 'directory')
    throw new MountError(`branch ${name}: ${display(path)} is ${kind}, not a directory`);
  return { files, mode };
}

/** As aufs: a union has a branch, and no branch is, or is in, another one. */
function checkPaths(branches: readonly Branch[]): void {
  if (branches.length === 0) throw new MountError('a union needs at least one branch');
  for (const [index, one] of branches.entries()) {
    for (const other of branches.slice(index + 1)) {
      const [a, b] = [`${one.path}/`, `${other.path}/`];
      if (a.startsWith(b) || b.startsWith(a)) {
        throw new MountError(
          `branches ${one.name} and ${other.name}: one directory is, or lies in, the other`,
        );
      }
    }
  }
}
