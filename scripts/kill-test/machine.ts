/** What a run could leave on this machine. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One line for each thing. */
export type Machine = readonly string[];

/** @param temporary where the run's temporary files go, and nobody else's. */
export function look(temporary: string): Machine {
  return [
    ...read('/proc/self/mounts')
      .split('\n')
      .map((line) => `mount ${line}`),
    ...list(temporary).map((name) => `file ${join(temporary, name)}`),
    ...['/dev/shm', '/mnt'].flatMap((place) =>
      list(place)
        .filter(isOurs)
        .map((name) => `file ${join(place, name)}`),
    ),
    // What a dockerd makes outside of its directories.
    ...list('/run')
      .filter((name) => /^(docker|containerd)/.test(name))
      .map((name) => `file /run/${name}`),
    ...list('/etc/docker')
      .filter((name) => name === 'key.json')
      .map((name) => `file /etc/docker/${name}`),
    // Runs and engines of others come and go beside this one; their names tell whose they are.
    ...list('/sys/fs/cgroup').flatMap((hierarchy) =>
      list(`/sys/fs/cgroup/${hierarchy}`)
        .filter((name) => !isOurs(name))
        .map((name) => `control group ${hierarchy}/${name}`),
    ),
    ...list('/sys/class/net').map((name) => `network interface ${name}`),
    ...['ip_forward', 'conf/all/forwarding'].map(
      (name) => `network setting ${name} ${read(`/proc/sys/net/ipv4/${name}`).trim()}`,
    ),
    ...read('/proc/net/route')
      .split('\n')
      .map((line) => `network route ${line}`),
    ...read('/proc/net/ip_tables_names')
      .split('\n')
      .map((line) => `iptables ${line}`),
  ];
}

/** The control groups of a run, wherever it has made some: their names tell its process. */
export function groupsOf(run: number): string[] {
  const { stdout } = spawnSync('find', [
    '/sys/fs/cgroup',
    ...['-maxdepth', '6', '-type', 'd', '-name', `union-conformance-*-${run}-*`],
  ]);
  return stdout.toString().split('\n').filter(Boolean);
}

function isOurs(name: string): boolean {
  return name.startsWith('union-conformance');
}

function list(path: string): string[] {
  try {
    return readdirSync(path).sort();
  } catch {
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // there is no such thing here
  }
}
