import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { type Bytes, bytes, toBuffer } from '../../bytes.js';
import { tailOf } from '../../system/log-tail.js';
import { listMounts } from '../../system/mount.js';
import { setPropagation } from '../../system/mount-tree.js';
import { childrenOf, endProcess, findProgram, isAlive, startProgram } from '../../system/processes.js';
import { waitFor } from '../../system/wait.js';
import { type Client, clientOf, EngineError, type Unavailable } from './client.js';
import type { Engine } from './engine.js';
import { groupOfRun, removeGroups } from './engine-groups.js';
import { loyalClient } from './loyal-client.js';
import { labelOf, optionsOf } from './run-label.js';

/** How long an engine may take to answer its first question; milliseconds. */
const START_LIMIT_MS = 9_000;

/** How long the kernel may take to end all that ran in it; milliseconds. */
const END_LIMIT_MS = 5_000;

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

/**
 * The shell stays, as the first process: it collects what containers leave, and with it all of
 * them end. What the agent mounts in its work area is seen by the engine too, for it may be asked
 * to share it with a container; what the engine mounts is not seen by the agent.
 */
const ownWorld = [
  ...['unshare', '--net', '--mount', '--propagation', 'slave'],
  ...['--pid', '--fork', '--kill-child', '--mount-proc'],
];

const installIt = 'apt-get install docker.io';

/**
 * Starts a dockerd of the sandbox: with its last process go the engine, its containers and their mounts, and all
 * that it stores, which lies on the sandbox's own tmpfs.
 * @param directory empty, and its own.
 */
export function startPrivateEngine(driver: string, directory: Bytes): Engine | Unavailable {
  const missing = ['dockerd', 'docker', 'containerd', 'runc', 'unshare'].find(
    (program) => findProgram(program) === undefined,
  );
  if (missing !== undefined) {
    return { kind: 'unavailable', reason: `${missing}: not found in PATH`, remedy: installIt };
  }
  const name = `engine-${randomUUID()}`;
  const group = `${groupOfRun()}/${name}`;
  const inside = (name: string) => `${directory}/${name}`;
  const address = `unix://${inside('socket')}`;
  const log = toBuffer(inside('log') as Bytes);
  for (const name of ['data', 'exec', 'temporary']) mkdirSync(inside(name));
  writeFileSync(inside('daemon.json'), '{}');
  const dockerd = [
    ...[
      'dockerd',
      '--log-level=warn',
      '--host',
      address,
      '--storage-driver',
      driver,
      '--cgroup-parent',
      `/${group}`,
    ],
    ...['--data-root', inside('data'), '--exec-root', inside('exec'), '--pidfile', inside('pid')],
    ...['--config-file', inside('daemon.json'), '--bridge=none', '--iptables=false', '--ip-forward=false'],
  ];
  const command = [...ownWorld, 'sh', '-c', inPrivate, directory, ...dockerd];
  setPropagation(mountOf(directory), 'shared');
  const pid = startProgram(command, {
    directory: toBuffer(directory),
    log,
    environment: { ...process.env, TMPDIR: inside('temporary'), DOCKER_TMPDIR: inside('temporary') },
  });
  if (pid === undefined) return { kind: 'unavailable', reason: 'unshare: it cannot be started', remedy: '' };
  const client = clientOf('docker', address, 'private', 0);
  const state = () => (isAlive(pid) ? 'alive' : 'dead');
  const version = waitFor(() => {
    try {
      return client(['version', '--format', '{{.Server.Version}}']);
    } catch (failure) {
      if (!(failure instanceof EngineError)) throw failure;
      return state() === 'dead' ? '' : undefined;
    }
  }, START_LIMIT_MS);
  if (version === undefined || version === '') {
    endProcess(pid, 0);
    return { kind: 'unavailable', reason: whyNot(tailOf(log) ?? ''), remedy: 'start dockerd by hand' };
  }
  const label = labelOf(name);
  const end = { state, log: () => words(tailOf(log) ?? '') };
  return {
    client: loyalClient(client, end, () => answers(client)),
    version,
    note: 'an engine of its own in the sandbox',
    directory: bytes(inside('data')),
    proc: '/proc', // its PID namespace lies within this one
    shared: directory,
    network: `/proc/${pid}/ns/net`,
    label,
    containerOptions: optionsOf(label),
    ...end,
    close() {
      for (const first of childrenOf(pid)) {
        endProcess(first, 0);
        waitFor(() => !isAlive(first) || undefined, END_LIMIT_MS);
      }
      endProcess(pid, END_LIMIT_MS);
      waitFor(() => (removeGroups(group) ? true : undefined), END_LIMIT_MS);
      rmSync(toBuffer(directory), { recursive: true, force: true });
    },
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

/** The mount that a directory lies in. */
function mountOf(directory: Bytes): Bytes {
  const above = listMounts().filter(({ mountPoint }) => `${directory}/`.startsWith(`${mountPoint}/`));
  return above.reduce((one, other) => (other.mountPoint.length >= one.mountPoint.length ? other : one))
    .mountPoint;
}

/** What it has to complain of; the rest of its log is about every container that comes and goes. */
function words(log: string): string {
  const lines = log.trim().split('\n');
  return lines.filter((line) => !/level=(debug|info|warning)/.test(line)).join('\n');
}

function whyNot(log: string): string {
  return `dockerd does not start: ${words(log).split('\n').at(-1) || 'it says nothing'}`;
}
