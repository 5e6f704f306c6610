import type { Backend } from '../../backend.js';
import { dockerBackend } from './docker-backend.js';
import { aufs, fuseOverlayfs, overlay2 } from './drivers.js';

const usual = dockerBackend('docker', overlay2);
export default usual;

/** `docker:NAME`: Docker with the storage driver of that name. */
export const variants: Readonly<Record<string, Backend>> = {
  overlay2: usual,
  ...Object.fromEntries(
    [fuseOverlayfs, aufs].map((driver) => [driver.name, dockerBackend(`docker:${driver.name}`, driver)]),
  ),
};
