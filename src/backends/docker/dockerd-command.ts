/**
 * How a dockerd is told to keep to one directory, and to change nothing else of the machine: what starts it has mount,
 * network and PID namespaces of its own.
 */
import { unsetting } from './unsetting.js';

/**
 * It writes a key to /etc/docker and sockets to /run, wherever its directories are: here both are its own, or it is not
 * started. A registry can be in its network too, on the loopback device. The shell stays: see `startOwnWorld`.
 */
const script = `
set -e
mount --make-rshared /
busybox ip link set lo up
mount -t tmpfs none /run
mount -t tmpfs none /etc/docker 2>/dev/null || {
  mkdir -p "$0/etc" "$0/etc.work"
  mount -t overlay -o "lowerdir=/etc,upperdir=$0/etc,workdir=$0/etc.work" none /etc
}
mkdir "$0/temporary"
echo {} > "$0/daemon.json"
"$@"
exit $?`;

/**
 * What is the first process of its namespaces.
 * @param directory its own; absolute, and short, for its socket lies in it.
 * @param group in which all its containers are, below the root of each hierarchy.
 */
export function dockerdCommand(directory: string, driver: string, group: string): readonly string[] {
  const inside = (file: string) => `${directory}/${file}`;
  return [
    ...['sh', '-c', script, directory],
    ...[
      'env',
      ...unsetting(/^DOCKER_/),
      `TMPDIR=${inside('temporary')}`,
      `DOCKER_TMPDIR=${inside('temporary')}`,
    ],
    ...['dockerd', '--log-level=warn', '--host', addressIn(directory), '--storage-driver', driver],
    ...['--cgroup-parent', `/${group}`, '--data-root', inside('data'), '--exec-root', inside('exec')],
    ...['--pidfile', inside('pid'), '--config-file', inside('daemon.json')],
    ...['--bridge=none', '--iptables=false', '--ip-forward=false'],
  ];
}

/** Where it listens. */
export function addressIn(directory: string): string {
  return `unix://${directory}/socket`;
}
