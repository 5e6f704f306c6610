import type { ContainerParts } from '../src/agent/container-protocol.js';
import { bytes } from '../src/bytes.js';
import type { Namespace, Propagation } from '../src/container.js';
import { HarnessError } from '../src/runner/stage.js';
import type { Table } from './state-table.js';

/** What a scenario says of the parts of a container, and of its first process. */
export interface WrittenContainer {
  readonly parts: ContainerParts;
  readonly script: string | undefined;
}

const namespaces: readonly Namespace[] = ['mount', 'pid', 'uts', 'ipc', 'network', 'user', 'cgroup', 'time'];
const roots = ['pivot_root', 'chroot', 'host'] as const;
const propagations: readonly Propagation[] = ['private', 'slave', 'shared'];

/** The rows `part | value` of a table. */
export function containerOf(table: Table): WrittenContainer {
  let written: WrittenContainer = { parts: {}, script: undefined };
  for (const [part = '', value = ''] of table) {
    if (part === 'first process') written = { ...written, script: value };
    else if (part === 'busy processes') written = { ...written, script: busyScript(value) };
    else written = { ...written, parts: { ...written.parts, ...partOf(part, value) } };
  }
  return written;
}

/** The first CPU that a process may use: in all containers the same one. */
const firstCpu = "$(sed -n 's/^Cpus_allowed_list:.\\([0-9]*\\).*/\\1/p' /proc/self/status)";

/** So many loops, the first process among them. */
function busyScript(value: string): string {
  const [, count, onOneCpu] = /^(\d+)( on one CPU)?$/.exec(value) ?? [];
  if (count === undefined) throw new HarnessError(`busy processes "${value}": want N, or N on one CPU`);
  const loop = 'while :; do :; done';
  const loops = [...Array<string>(Number(count) - 1).fill(`${loop} &`), loop].join(' ');
  return onOneCpu === undefined ? loops : `exec taskset -c ${firstCpu} sh -c '${loops}'`;
}

function partOf(part: string, value: string): ContainerParts {
  switch (part) {
    case 'namespaces':
      return { namespaces: value.split(', ').map((name) => oneOf(namespaces, name, part)) };
    case 'root':
      return { root: oneOf(roots, value, part) };
    case '/proc':
      return { proc: oneOf(['mounted', 'not mounted'], value, part) === 'mounted' };
    case 'control group':
      return { controlGroup: value };
    case 'files of lxcfs':
      return { lxcfs: value.split(', ') };
    case 'hostname':
      return { hostname: value };
    case 'uptime': {
      const seconds = /^(\d+) s ahead$/.exec(value)?.[1];
      if (seconds === undefined) throw new HarnessError(`uptime "${value}": want N s ahead`);
      return { uptimeOffset: Number(seconds) };
    }
    case 'directory': {
      const [, target, propagation] = /^(\/\S+) \((\S+)\)$/.exec(value) ?? [];
      if (target === undefined)
        throw new HarnessError(`directory "${value}": want /PATH (${propagations.join(', ')})`);
      return {
        directory: { target: bytes(target), propagation: oneOf(propagations, propagation ?? '', part) },
      };
    }
    default:
      throw new HarnessError(`a container has no part "${part}"`);
  }
}

function oneOf<T extends string>(known: readonly T[], word: string, part: string): T {
  const found = known.find((each) => each === word);
  if (found === undefined) throw new HarnessError(`${part} "${word}": want one of ${known.join(', ')}`);
  return found;
}
