import type { Backend } from '../../backend.js';
import { besideContent, fuseOverlayfs, overlay2, vfs } from '../docker/drivers.js';
import { engineBackend } from '../docker/engine-backend.js';
import type { Engines } from '../docker/engines.js';
import type { StorageDriver } from '../docker/storage-driver.js';
import { podmanPackages, type Storage, startPodman } from './private-podman.js';

/** Containers have no layer below their own that the engine fills, so what is noted of one is another list. */
const unshown = (driver: StorageDriver): StorageDriver => {
  const { shown, ...rest } = driver;
  return { ...rest, capabilities: driver.capabilities.filter((each) => each !== 'shown-layers') };
};

const overlay: StorageDriver = {
  ...unshown(overlay2),
  ...besideContent('overlay'),
  name: 'overlay',
  title: 'podman, storage driver overlay (overlay of the Linux kernel)',
};

function podman(name: string, driver: StorageDriver, storage: Storage): Backend {
  const engines: Engines = {
    packages: podmanPackages,
    start: (_, { directory }) => startPodman(driver, storage, directory),
    startPrivate: (_, directory) => startPodman(driver, storage, directory),
  };
  return engineBackend(name, driver, engines);
}

const usual = podman('podman', overlay, { driver: 'overlay', options: [] });
export default usual;

/** `podman:NAME`: podman with the storage driver of that name, or with that program to mount its unions. */
export const variants: Readonly<Record<string, Backend>> = {
  overlay: usual,
  'fuse-overlayfs': podman(
    'podman:fuse-overlayfs',
    {
      ...unshown(fuseOverlayfs),
      ...besideContent('overlay'),
      title: 'podman, storage driver overlay, mounted by fuse-overlayfs',
    },
    { driver: 'overlay', options: ['mount_program = "/usr/bin/fuse-overlayfs"'] },
  ),
  vfs: podman(
    'podman:vfs',
    { ...vfs, title: 'podman, storage driver vfs (a copy for each layer)' },
    { driver: 'vfs', options: [] },
  ),
};
