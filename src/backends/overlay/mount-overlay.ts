import { mkdirSync, rmSync } from 'node:fs';
import { type Branch, isWritable, type Sandbox, type Union } from '../../backend.js';
import { type Bytes, toBuffer } from '../../bytes.js';
import { missingNamespace } from '../../description/what-is-missing.js';
import type { OpenFile } from '../../files.js';
import { openDirectory } from '../../system/directory.js';
import { errnoOf } from '../../system/errno.js';
import { mountFileSystem, unmountFileSystem } from '../../system/mount.js';
import { explainFailure, type Refusal } from './refusal.js';

/**
 * mount(2) of an overlay. Layers are named by descriptors, `/proc/self/fd/N`: no character of
 * a path can be mistaken for a separator, and more than 200 fit into the page of 4096 bytes
 * that mount(2) takes.
 */
export function mountOverlay(branches: readonly Branch[], sandbox: Sandbox): Union | Refusal {
  const layers = missingNamespace(sandbox) ?? arrange(branches);
  if ('reason' in layers) return layers;
  const work = `${sandbox.directory}/work` as Bytes;
  const spare = `${sandbox.directory}/empty` as Bytes;
  const open: OpenFile[] = [];
  const layer = (path: Bytes): string => {
    const directory = openDirectory(path).open('' as Bytes, ['O_PATH', 'O_DIRECTORY']);
    open.push(directory);
    return `/proc/self/fd/${directory.descriptor}`;
  };
  try {
    for (const directory of [work, spare]) mkdirSync(toBuffer(directory), { recursive: true });
    const lowers = layers.lowers.map(layer);
    // The kernel wants two layers: an empty one below a single branch changes nothing.
    if (branches.length === 1) lowers.push(layer(spare));
    const options = [`lowerdir=${lowers.join(':')}`];
    if (layers.upper !== undefined) options.push(`upperdir=${layer(layers.upper)}`, `workdir=${layer(work)}`);
    if (!sandbox.privileged) options.push('userxattr');
    mountFileSystem('overlay', 'overlay', sandbox.mountPoint, options.join(','));
  } catch (failure) {
    remove(work, spare);
    return explainFailure(errnoOf(failure), layers, sandbox);
  } finally {
    for (const directory of open) directory.close();
  }
  return {
    files: openDirectory(sandbox.mountPoint),
    mountPoint: sandbox.mountPoint,
    daemon: () => 'none',
    log: () => '',
    unmount() {
      try {
        unmountFileSystem(sandbox.mountPoint);
      } finally {
        remove(work, spare);
      }
    },
  };
}

export interface Layers {
  readonly upper?: Bytes;
  readonly lowers: readonly Bytes[];
}

/** Overlay has one upper directory, above all others, or none. */
function arrange(branches: readonly Branch[]): Layers | Refusal {
  const [top, ...rest] = branches;
  if (top === undefined) return { reason: 'overlay: no branches', remedy: 'give it at least one' };
  if (rest.some(isWritable)) {
    return {
      reason: 'overlay: a branch other than the highest is writable',
      remedy: 'overlay has one upperdir, above all lowerdirs',
    };
  }
  const paths = branches.map((branch) => branch.path);
  return isWritable(top) ? { upper: top.path, lowers: paths.slice(1) } : { lowers: paths };
}

/** The kernel leaves `work/work` and may leave `work/index`, `work/incompat`. */
function remove(...directories: readonly Bytes[]): void {
  for (const directory of directories) rmSync(toBuffer(directory), { recursive: true, force: true });
}
