import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type Bytes, bytes } from '../../bytes.js';
import { findProgram } from '../../system/processes.js';
import { waitFor } from '../../system/wait.js';
import { type Client, clientOf, EngineError, type Unavailable } from './client.js';
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

/**
 * dockerd writes a key to /etc/docker and sockets to /run, wherever its directories are: here both are its own,
 * and so is the network, which makes whatever it does to interfaces and sysctls vanish with it.
 * A registry can be in it too, on its loopback device.
 */
const inPrivate = `
mount --make-rshared /
busybox ip link set lo up
mount -t tmpfs none /run
mount -t tmpfs none /etc/docker 2>/dev/null || {
  mkdir -p "$0/etc" "$0/etc.work"
  mount -t overlay -o "lowerdir=/etc,upperdir=$0/etc,workdir=$0/etc.work" none /etc
}
"$@"
exit $?`;

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
  const inside = (file: string) => `${directory}/${file}`;
  const address = `unix://${inside('socket')}`;
  for (const file of ['data', 'exec', 'temporary']) mkdirSync(inside(file));
  writeFileSync(inside('daemon.json'), '{}');
  const dockerd = [
    ...['dockerd', '--log-level=warn', '--host', address, '--storage-driver', driver.name],
    ...['--cgroup-parent', `/${group}`, '--data-root', inside('data'), '--exec-root', inside('exec')],
    ...['--pidfile', inside('pid'), '--config-file', inside('daemon.json')],
    ...['--bridge=none', '--iptables=false', '--ip-forward=false'],
  ];
  const temporary = inside('temporary');
  const world = startOwnWorld(directory, inPrivate, dockerd, { TMPDIR: temporary, DOCKER_TMPDIR: temporary });
  if (world === undefined) {
    return { kind: 'unavailable', reason: 'unshare: it cannot be started', remedy: '' };
  }
  const client = clientOf('docker', address, 'private', 0);
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
  const data = bytes(inside('data'));
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
