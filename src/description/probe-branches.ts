import { mkdirSync } from 'node:fs';
import type { Branch, Sandbox } from '../backend.js';
import { type Bytes, toBuffer } from '../bytes.js';

/** Two empty branches for a probe that mounts once: a writable one above a read-only one. */
export function probeBranches(sandbox: Pick<Sandbox, 'directory'>): readonly Branch[] {
  return (['rw', 'ro'] as const).map((mode) => {
    const path = `${sandbox.directory}/probe-${mode}` as Bytes;
    mkdirSync(toBuffer(path), { recursive: true });
    return { name: `probe-${mode}`, path, mode };
  });
}
