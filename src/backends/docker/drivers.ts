import { join } from 'node:path';
import type { Bytes } from '../../bytes.js';
import type { Capability } from '../../capability.js';
import { readDescription } from '../../description/read-description.js';
import { charDevice } from '../../formats/char-device.js';
import { charDeviceOrDotWh } from '../../formats/char-device-or-dot-wh.js';
import { dotWh } from '../../formats/dot-wh.js';
import aufsBackend from '../aufs/backend.js';
import { howToGetAufs } from '../aufs/refusal.js';
import overlayBackend from '../overlay/backend.js';
import { aufsLayers, overlay2Layers } from './shown-layers.js';
import type { StorageDriver } from './storage-driver.js';

/** What a union may be able to do that no option of an engine asks for: it mounts all unions in one way, and never again. */
const outOfReach: ReadonlySet<Capability> = new Set<Capability>([
  'plain-read-only-branches',
  'several-writable-branches',
  'branch-changes',
  'creation-policies',
  'copy-up-policies',
  'revalidation',
  'change-notification',
  'introspection',
  'linked-whiteouts', // their one file is at the top of the layer, and a branch is a directory in it
]);

/** What an engine can do with a union of layers, and the union itself. */
function engineWith(union: readonly Capability[], ...further: readonly Capability[]): readonly Capability[] {
  const reached = union.filter((each) => !outOfReach.has(each));
  return [...new Set<Capability>(['images', 'read-only-mount', ...further, ...reached])];
}

/** A directory for each layer, with what belongs to it beside its content. */
export function besideContent(
  driver: string,
): Pick<StorageDriver, 'layers' | 'directoryOf' | 'mountPointOf'> {
  return {
    layers: 'changes',
    directoryOf: (root, layer) => `${root}/${driver}/${layer}/diff` as Bytes,
    mountPointOf: (root, layer) => `${root}/${driver}/${layer}/merged` as Bytes,
  };
}

export const overlay2: StorageDriver = {
  name: 'overlay2',
  title: 'Docker, storage driver overlay2 (overlay of the Linux kernel)',
  capabilities: engineWith(overlayBackend.capabilities, 'separate-layers', 'shown-layers'),
  format: charDevice,
  ...besideContent('overlay2'),
  shown: overlay2Layers,
};

export const fuseOverlayfs: StorageDriver = {
  name: 'fuse-overlayfs',
  title: 'Docker, storage driver fuse-overlayfs',
  capabilities: engineWith(
    readDescription(join(import.meta.dirname, '../fuse-overlayfs/backend.yaml')).capabilities,
    'separate-layers',
  ),
  format: charDeviceOrDotWh,
  ...besideContent('fuse-overlayfs'),
};

export const aufs: StorageDriver = {
  name: 'aufs',
  title: 'Docker, storage driver aufs',
  capabilities: engineWith(aufsBackend.capabilities, 'separate-layers', 'shown-layers'),
  format: dotWh,
  layers: 'changes',
  directoryOf: (root, layer) => `${root}/aufs/diff/${layer}` as Bytes,
  mountPointOf: (root, layer) => `${root}/aufs/mnt/${layer}` as Bytes,
  shown: aufsLayers,
  howToGet: `an engine before 24, and ${howToGetAufs}`,
};

/** What a plain directory can do; that it is a copy of others costs it the attributes, which the engine does not copy. */
const ofDirectories: readonly Capability[] = [
  'copy-on-write',
  'whiteouts',
  'opaque-directories',
  'whiteouts-in-read-only-branches',
  'no-writable-branch',
  'directory-rename',
  'rename-flags',
  'hard-links',
  'linked-copy-up',
  'stable-inodes',
  'full-length-names',
  'special-files',
  'unnamed-files',
  'direct-io',
  'hole-punching',
  'visible-to-programs',
];

export const vfs: StorageDriver = {
  name: 'vfs',
  title: 'Docker, storage driver vfs (a copy for each layer)',
  capabilities: engineWith(ofDirectories),
  format: dotWh,
  layers: 'copies',
  directoryOf: (root, layer) => `${root}/vfs/dir/${layer}` as Bytes,
  mountPointOf: (root, layer) => `${root}/vfs/dir/${layer}` as Bytes,
};

export const drivers: readonly StorageDriver[] = [overlay2, fuseOverlayfs, vfs, aufs];
