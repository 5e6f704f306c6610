import type { Bytes } from '../../bytes.js';
import { charDevice } from '../../formats/char-device.js';
import { charDeviceOrDotWh } from '../../formats/char-device-or-dot-wh.js';
import { dotWh } from '../../formats/dot-wh.js';
import { howToGetAufs } from '../aufs/refusal.js';
import { aufsLayers, overlay2Layers } from './shown-layers.js';
import type { StorageDriver } from './storage-driver.js';

export const overlay2: StorageDriver = {
  name: 'overlay2',
  title: 'Docker, storage driver overlay2 (overlay of the Linux kernel)',
  capabilities: [
    'images',
    'separate-layers',
    'copy-on-write',
    'whiteouts',
    'opaque-directories',
    'whiteouts-in-read-only-branches',
    'no-writable-branch',
    'read-only-mount',
    'rename-flags',
    'hard-links',
    'stable-inodes',
    'extended-attributes',
    'access-control-lists',
    'sparse-copy-up',
    'full-length-names',
    'special-files',
    'unnamed-files',
    'direct-io',
    'hole-punching',
    'visible-to-programs',
    'char-device-whiteouts',
    'shown-layers',
  ],
  format: charDevice,
  directoryOf: (root, layer) => `${root}/overlay2/${layer}/diff` as Bytes,
  mountPointOf: (root, layer) => `${root}/overlay2/${layer}/merged` as Bytes,
  shown: overlay2Layers,
};

export const fuseOverlayfs: StorageDriver = {
  name: 'fuse-overlayfs',
  title: 'Docker, storage driver fuse-overlayfs',
  capabilities: [
    'images',
    'separate-layers',
    'copy-on-write',
    'whiteouts',
    'opaque-directories',
    'whiteouts-in-read-only-branches',
    'no-writable-branch',
    'read-only-mount',
    'rename-flags',
    'hard-links',
    'stable-inodes',
    'extended-attributes',
    'access-control-lists',
    'direct-io',
    'hole-punching',
    'visible-to-programs',
    'char-device-whiteouts',
  ],
  format: charDeviceOrDotWh,
  directoryOf: (root, layer) => `${root}/fuse-overlayfs/${layer}/diff` as Bytes,
  mountPointOf: (root, layer) => `${root}/fuse-overlayfs/${layer}/merged` as Bytes,
};

export const aufs: StorageDriver = {
  name: 'aufs',
  title: 'Docker, storage driver aufs',
  capabilities: [
    'images',
    'separate-layers',
    'copy-on-write',
    'whiteouts',
    'opaque-directories',
    'whiteouts-in-read-only-branches',
    'no-writable-branch',
    'rename-flags',
    'hard-links',
    'stable-inodes',
    'extended-attributes',
    'sparse-copy-up',
    'special-files',
    'unnamed-files',
    'direct-io',
    'hole-punching',
    'visible-to-programs',
    'dot-wh-whiteouts',
    'shown-layers',
  ],
  format: dotWh,
  directoryOf: (root, layer) => `${root}/aufs/diff/${layer}` as Bytes,
  mountPointOf: (root, layer) => `${root}/aufs/mnt/${layer}` as Bytes,
  shown: aufsLayers,
  howToGet: `an engine before 24, and ${howToGetAufs}`,
};
