import { readFileSync } from 'node:fs';
import { type Bytes, bytes } from '../bytes.js';
import { findProgram } from '../system/processes.js';
import { type Layer, layerOf } from './layer.js';
import type { TarEntry } from './tar.js';

const common = { uid: 0, gid: 0, mtime: { seconds: 0, nanoseconds: 0 }, attributes: {} };

function directory(path: string, mode = 0o755): TarEntry {
  return { ...common, kind: 'directory', path: path as Bytes, mode };
}

/** What a command of a container needs: one static program that is all of them (busybox(1)), and /tmp. */
export function baseLayer(): Layer | undefined {
  const program = findProgram('busybox');
  if (program === undefined) return undefined;
  return layerOf([
    directory('bin'),
    { ...common, kind: 'file', path: bytes('bin/busybox'), mode: 0o755, content: readFileSync(program) },
    { ...common, kind: 'symlink', path: bytes('bin/sh'), mode: 0o777, target: bytes('busybox') },
    directory('tmp', 0o1777),
  ]);
}

/** Does nothing until it is killed. */
export const idleCommand = ['/bin/busybox', 'tail', '-f', '/dev/null'];
