/** How util-linux and a shell are told to start a process in namespaces. Pure. */
import { toBuffer } from '../bytes.js';
import type { ContainerSpec, Namespace } from '../container.js';

/** unshare(1) and nsenter(1) call them alike. A PID namespace is entered before either runs. */
const options: Readonly<Record<Exclude<Namespace, 'pid'>, string>> = {
  user: '--user',
  mount: '--mount',
  uts: '--uts',
  ipc: '--ipc',
  network: '--net',
  cgroup: '--cgroup',
  time: '--time',
};

const names = Object.keys(options) as (keyof typeof options)[];

/** Where the first process says that it is there, and is told to go on. */
export const READY = 3;
export const GO = 4;

/**
 * The first process waits here, still with the programs of the host, until the rest of its
 * world is made; then it becomes the program of the container. 125 says that it was not made.
 */
const gate = `
[ -z "$1" ] || mount -t proc proc "$1" || exit 125
cd / && echo >&${READY} && read -r _ <&${GO} || exit 125
exec ${READY}>&- ${GO}<&-
shift
exec "$@"
`;

/**
 * What becomes the first process: of the control groups first, because their files are not
 * writable from within a user namespace, and a control group namespace begins where it is.
 */
export function launchCommand(
  spec: ContainerSpec,
  privileged: boolean,
  root: string,
  command: readonly string[],
): string[] {
  const proc = spec.root === 'host' ? '/proc' : `${root}/proc`;
  const change = spec.root === 'chroot' ? ['chroot', root] : [];
  return [
    ...joining(spec),
    ...asNobody(spec, privileged),
    'unshare',
    ...wanted(spec),
    // What the host shares stays shared until `furnish` has said how far mounts spread.
    ...(spec.namespaces.includes('mount') ? ['--propagation', 'unchanged'] : []),
    ...(spec.namespaces.includes('user') ? ['--map-root-user'] : []),
    ...(spec.uptimeOffset === undefined ? [] : ['--boottime', String(spec.uptimeOffset)]),
    ...(isForked(spec) ? ['--fork', '--kill-child'] : []),
    ...['sh', '-c', gate, 'sh', spec.proc ? proc : '', ...change, ...command],
  ];
}

/**
 * Whether unshare(1) makes the PID namespace, and stays as parent of the first process: a
 * user namespace has to be made before what it is to own, and a time namespace is for
 * children only. Its exit status is that of the first process, but 1 after a SIGKILL.
 */
export function isForked({ namespaces }: ContainerSpec): boolean {
  return namespaces.includes('user') || namespaces.includes('time');
}

/** What becomes a further process, of the container whose first process is `pid`. */
export function enterCommand(spec: ContainerSpec, pid: number, command: readonly string[]): string[] {
  const root = spec.root === 'chroot' ? ['--root', '--wd'] : [];
  const own = names.filter((name) => spec.namespaces.includes(name)).map((name) => options[name]);
  return [...joining(spec), 'nsenter', '--target', String(pid), ...own, ...root, '--', ...command];
}

function wanted(spec: ContainerSpec): string[] {
  const own = names.filter((name) => spec.namespaces.includes(name)).map((name) => options[name]);
  return isForked(spec) && spec.namespaces.includes('pid') ? [...own, '--pid'] : own;
}

const join = 'while [ "$1" != -- ]; do echo 0 > "$1/cgroup.procs" || exit 125; shift; done; shift; exec "$@"';

function joining({ controlGroups }: ContainerSpec): string[] {
  if (controlGroups.length === 0) return [];
  const directories = controlGroups.map((path) => toBuffer(path).toString());
  return ['sh', '-c', join, 'sh', ...directories, '--'];
}

/** Root of a user namespace is somebody else outside: as whom the host's root can start it. */
function asNobody({ namespaces }: ContainerSpec, privileged: boolean): string[] {
  if (!namespaces.includes('user') || !privileged) return [];
  return ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'];
}
