import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { type Bytes, bytes } from '../../bytes.js';
import { findProgram } from '../../system/processes.js';
import { waitFor } from '../../system/wait.js';
import { askingClient, EngineError, type Unavailable } from '../docker/client.js';
import type { Engine } from '../docker/engine.js';
import { groupOfRun } from '../docker/engine-groups.js';
import { lacking } from '../docker/engines.js';
import { startOwnWorld } from '../docker/own-world.js';
import { labelOf, optionsOf } from '../docker/run-label.js';
import type { StorageDriver } from '../docker/storage-driver.js';
import { unsetting } from '../docker/unsetting.js';
import { inWordsOfDocker } from './as-docker.js';
import { layerDatabase } from './layer-database.js';

/** What podman's storage is told (containers-storage.conf(5)). */
export interface Storage {
  readonly driver: 'overlay' | 'vfs';
  /** Lines of `[storage.options.overlay]`. */
  readonly options: readonly string[];
}

/** How long the namespaces may take to be there; milliseconds. */
const START_LIMIT_MS = 9_000;

/**
 * There is no daemon: each command works on the storage by itself, and leaves a conmon(8) for each container. They meet
 * in namespaces of their own, which this keeps. Wherever its directories are, podman also writes to /run and to
 * /var/lib/containers (what it knows of layers in registries).
 */
const keeper = `
set -e
mount --make-rshared /
busybox ip link set lo up
mount -t tmpfs none /run
mount -t tmpfs none /var/lib/containers 2>/dev/null || {
  mkdir -p "$0/lib" "$0/lib.work"
  mount -t overlay -o "lowerdir=/var/lib,upperdir=$0/lib,workdir=$0/lib.work" none /var/lib
}
: > "$0/ready"
while sleep 1000; do :; done`;

/** Neither a system of units nor a journal is there to be asked; locks in shared memory would be the host's. */
const configuration = `[engine]
lock_type = "file"
cgroup_manager = "cgroupfs"
events_logger = "none"
runtime = "runc"
[containers]
log_driver = "k8s-file"
`;

/** With CONTAINER_HOST it would be the client of another podman, with STORAGE_DRIVER have another driver. */
const foreign = () => unsetting(/^(CONTAINERS?|STORAGE|PODMAN|BUILDAH|REGISTRY|DOCKER)_/);

export const podmanPackages = 'podman runc busybox-static';

/**
 * A podman of the sandbox: with its last process go its containers and their mounts, and all that it stores, which
 * lies on the sandbox's own tmpfs.
 * @param directory empty, and its own.
 */
export function startPodman(driver: StorageDriver, storage: Storage, directory: Bytes): Engine | Unavailable {
  const missing = ['podman', 'conmon', 'runc', 'nsenter', 'unshare'].find(
    (program) => findProgram(program) === undefined,
  );
  if (missing !== undefined) {
    return lacking(missing, podmanPackages);
  }
  const name = `engine-${randomUUID()}`;
  const group = `${groupOfRun()}/${name}`;
  const inside = (file: string) => `${directory}/${file}`;
  for (const file of ['data', 'run', 'state', 'temporary']) mkdirSync(inside(file));
  writeFileSync(inside('containers.conf'), configuration);
  writeFileSync(
    inside('storage.conf'),
    `[storage]
driver = "${storage.driver}"
graphroot = "${inside('data')}"
runroot = "${inside('run')}"
[storage.options.overlay]
${storage.options.join('\n')}
`,
  );
  const world = startOwnWorld(directory, ['sh', '-c', keeper, directory]);
  const isReady = () => {
    if (existsSync(inside('ready'))) return world?.first();
    return world?.state() === 'alive' ? undefined : 'ended';
  };
  const first = waitFor(isReady, START_LIMIT_MS);
  if (world === undefined || typeof first !== 'number') {
    const reason = `namespaces for podman cannot be made: ${world?.log().trim() || 'unshare says nothing'}`;
    world?.end(group);
    return { kind: 'unavailable', reason, remedy: 'make them by hand with unshare(1)' };
  }
  const podman = [
    ...['nsenter', '--target', `${first}`, '--net', '--mount', '--pid', '--wd=/', 'env', ...foreign()],
    ...[`CONTAINERS_CONF=${inside('containers.conf')}`, `CONTAINERS_STORAGE_CONF=${inside('storage.conf')}`],
    ...[`TMPDIR=${inside('temporary')}`, 'podman', '--log-level=error', '--tmpdir', inside('state')],
  ];
  const client = inWordsOfDocker(askingClient('podman', podman, 0));
  let version: string;
  try {
    client(['image', 'ls']); // opens the storage, and takes less time than info, which looks for packages too
    version = client(['version', '--format', '{{.Client.Version}}']);
  } catch (failure) {
    if (!(failure instanceof EngineError)) throw failure;
    world.end(group);
    return {
      kind: 'unavailable',
      reason: failure.message,
      remedy: `run podman --storage-driver=${storage.driver} image ls by hand`,
    };
  }
  const label = labelOf(name);
  const root = bytes(inside('data'));
  return {
    client,
    version,
    note: 'a podman of its own in the sandbox',
    directory: root,
    layers: layerDatabase(root, driver, storage.driver),
    proc: '/proc', // its PID namespace lies within this one
    shared: directory,
    network: world.network,
    label,
    // Else conmon(8) and the runtime that it starts are in the group that a container is given, and need its memory.
    containerOptions: [...optionsOf(label), '--cgroups=no-conmon', `--cgroup-parent=/${group}`],
    idleOptions: ['--network=none'],
    state: world.state,
    log: world.log,
    close: () => world.end(group),
  };
}
