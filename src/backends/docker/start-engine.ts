import { randomUUID } from 'node:crypto';
import type { Sandbox } from '../../backend.js';
import type { Bytes } from '../../bytes.js';
import { openDirectory } from '../../system/directory.js';
import { EngineError, type Unavailable } from './client.js';
import type { Engine } from './engine.js';
import { chosenAddress } from './engine-choice.js';
import { startPrivateEngine } from './private-engine.js';
import { connectTo } from './running-engine.js';
import type { StorageDriver } from './storage-driver.js';

type Place = Pick<Sandbox, 'directory' | 'isolated' | 'privileged'>;

/** The engine of one agent: that of the run, or one that it has for itself. */
export function startEngine(driver: StorageDriver, place: Place): Engine | Unavailable {
  if (!place.isolated || !place.privileged) {
    return { kind: 'unavailable', reason: 'no root of the host', remedy: 'run as root' };
  }
  const address = chosenAddress();
  return address === undefined
    ? startPrivateEngine(driver.name, place.directory)
    : connectTo(address, driver);
}

/** A second engine, that shares nothing with the first. @throws EngineError */
export function startAnother(driver: StorageDriver, place: Place): Engine {
  const directory = `${place.directory}/${randomUUID().slice(0, 8)}` as Bytes; // short: sockets lie below it
  openDirectory(directory).makeDirectory('' as Bytes, 0o755);
  const started = startPrivateEngine(driver.name, directory);
  if ('kind' in started) throw new EngineError(started.reason, null);
  return started;
}
