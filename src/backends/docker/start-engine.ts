import { randomUUID } from 'node:crypto';
import type { Sandbox } from '../../backend.js';
import type { Bytes } from '../../bytes.js';
import { openDirectory } from '../../system/directory.js';
import { EngineError, type Unavailable } from './client.js';
import type { Engine } from './engine.js';
import { groupOfRun } from './engine-groups.js';
import { startPrivateEngine } from './private-engine.js';

type Place = Pick<Sandbox, 'directory' | 'isolated' | 'privileged'>;

/** An engine for one agent. */
export function startEngine(
  driver: string,
  { directory, isolated, privileged }: Place,
): Engine | Unavailable {
  if (!isolated || !privileged) {
    return { kind: 'unavailable', reason: 'no root of the host', remedy: 'run as root' };
  }
  return startPrivateEngine(driver, directory, `${groupOfRun()}/engine-${randomUUID()}`);
}

/** A second engine, that shares nothing with the first. @throws EngineError */
export function startAnother(driver: string, place: Place): Engine {
  const directory = `${place.directory}/${randomUUID().slice(0, 8)}` as Bytes; // short: sockets lie below it
  openDirectory(directory).makeDirectory('' as Bytes, 0o755);
  const started = startEngine(driver, { ...place, directory });
  if ('kind' in started) throw new EngineError(started.reason, null);
  return started;
}
