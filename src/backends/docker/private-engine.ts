import { randomUUID } from 'node:crypto';
import type { Bytes } from '../../bytes.js';
import { findProgram } from '../../system/processes.js';
import { waitFor } from '../../system/wait.js';
import { type Client, clientOf, EngineError, type Unavailable } from './client.js';
import { addressIn, dockerdCommand } from './dockerd-command.js';
import type { Engine } from './engine.js';
import { groupOfRun } from './engine-groups.js';
import { lacking } from './engines.js';
import { layerDatabase } from './layer-database.js';
import { loyalClient } from './loyal-client.js';
import { startOwnWorld } from './own-world.js';
import { labelOf, optionsOf } from './run-label.js';
import type { StorageDriver } from './storage-driver.js';

/** How long an engine may take to answer its first question; milliseconds. */
const START_LIMIT_MS = 18_000;

export const dockerPackages = 'docker.io busybox-static';

/**
 * Starts a dockerd of the sandbox: with its last process go the engine, its containers and their mounts, and all
 * that it stores, which lies on the sandbox's own tmpfs.
 * @param directory empty, and its own.
 */
export function startPrivateEngine(driver: StorageDriver, directory: Bytes): Engine | Unavailable {
  const missing = ['dockerd', 'docker', 'containerd', 'runc', 'unshare'].find(
    (program) => findProgram(program) === undefined,
  );
  if (missing !== undefined) {
    return lacking(missing, dockerPackages);
  }
  const name = `engine-${randomUUID()}`;
  const group = `${groupOfRun()}/${name}`;
  const world = startOwnWorld(directory, dockerdCommand(directory, driver.name, group));
  if (world === undefined) {
    return { kind: 'unavailable', reason: 'unshare: it cannot be started', remedy: 'start it by hand' };
  }
  const client = clientOf('docker', addressIn(directory), 'private', 0);
  const version = waitFor(() => {
    try {
      return client(['version', '--format', '{{.Server.Version}}']);
    } catch (failure) {
      if (!(failure instanceof EngineError)) throw failure;
      return world.state() === 'dead' ? '' : undefined;
    }
  }, START_LIMIT_MS);
  if (version === undefined || version === '') {
    const reason = `dockerd does not start: ${words(world.log()).split('\n').at(-1) || 'it says nothing'}`;
    world.end(group);
    return { kind: 'unavailable', reason, remedy: 'start dockerd by hand' };
  }
  const label = labelOf(name);
  const end = { state: world.state, log: () => words(world.log()) };
  const data = `${directory}/data` as Bytes;
  return {
    client: loyalClient(client, end, () => answers(client)),
    version,
    note: 'an engine of its own in the sandbox',
    directory: data,
    layers: layerDatabase(data, driver),
    proc: '/proc', // its PID namespace lies within this one
    shared: directory,
    network: world.network,
    label,
    containerOptions: optionsOf(label),
    // The engine's own network, in which there is nothing: one for each container, and its filter of system calls,
    // take as long as all the rest of its start.
    idleOptions: ['--network=host', '--security-opt=seccomp=unconfined'],
    ...end,
    close: () => world.end(group),
  };
}

function answers(client: Client): boolean {
  try {
    client(['version']);
    return true;
  } catch {
    return false;
  }
}

/** What it has to complain of; the rest of its log is about every container that comes and goes. */
function words(log: string): string {
  const lines = log.trim().split('\n');
  return lines.filter((line) => !/level=(debug|info|warning)/.test(line)).join('\n');
}
