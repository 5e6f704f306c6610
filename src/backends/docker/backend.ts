import type { Backend } from '../../backend.js';
import { dockerBackend } from './docker-backend.js';
import { drivers, overlay2 } from './drivers.js';

const usual = dockerBackend('docker', overlay2);
export default usual;

/** `docker:NAME`: Docker with the storage driver of that name. */
export const variants: Readonly<Record<string, Backend>> = Object.fromEntries(
  drivers.map((driver) => [
    driver.name,
    driver === overlay2 ? usual : dockerBackend(`docker:${driver.name}`, driver),
  ]),
);
