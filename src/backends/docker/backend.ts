import type { Backend } from '../../backend.js';
import { dockerEngines } from './docker-engines.js';
import { drivers, overlay2 } from './drivers.js';
import { engineBackend } from './engine-backend.js';

const usual = engineBackend('docker', overlay2, dockerEngines);
export default usual;

/** `docker:NAME`: Docker with the storage driver of that name. */
export const variants: Readonly<Record<string, Backend>> = Object.fromEntries(
  drivers.map((driver) => [
    driver.name,
    driver === overlay2 ? usual : engineBackend(`docker:${driver.name}`, driver, dockerEngines),
  ]),
);
