import { randomUUID } from 'node:crypto';
import type { Backend, Sandbox } from '../../backend.js';
import type { Bytes } from '../../bytes.js';
import { openDirectory } from '../../system/directory.js';
import { EngineError, type Unavailable } from './client.js';
import type { Engine } from './engine.js';
import type { StorageDriver } from './storage-driver.js';

export type Place = Pick<Sandbox, 'directory' | 'isolated' | 'privileged'>;

/** Where engines of one kind come from. */
export interface Engines {
  /** Those of Debian that are all it takes. */
  readonly packages: string;
  /** One for an agent, which is root of the host. */
  start(driver: StorageDriver, place: Place): Engine | Unavailable;
  /** One of the sandbox. @param directory empty, and its own. */
  startPrivate(driver: StorageDriver, directory: Bytes): Engine | Unavailable;
  /** What there is to do about engines outside of any sandbox. */
  readonly outside?: Pick<Backend, 'settle' | 'sweep'>;
}

/** A program that is not installed. @param packages all that are needed: with one missing others may be. */
export function lacking(program: string, packages: string): Unavailable {
  return {
    kind: 'unavailable',
    reason: `${program}: not found in PATH`,
    remedy: `apt-get install ${packages}`,
  };
}

/** A second engine, that shares nothing with the first. @throws EngineError */
export function startAnother(engines: Engines, driver: StorageDriver, place: Place): Engine {
  const directory = `${place.directory}/${randomUUID().slice(0, 8)}` as Bytes; // short: sockets lie below it
  openDirectory(directory).makeDirectory('' as Bytes, 0o755);
  const started = engines.startPrivate(driver, directory);
  if ('kind' in started) throw new EngineError(started.reason, null);
  return started;
}
