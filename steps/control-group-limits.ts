import type { Limit } from '../src/control-groups/control-group.js';
import type { Device } from '../src/files.js';
import { HarnessError } from '../src/runner/stage.js';
import type { Table } from './state-table.js';

/** Stands for the number of the scenario's disk. */
const theDisk = 'the disk';

/** How each limit is written in a feature. */
const patterns: Readonly<Record<string, readonly [RegExp, (numbers: readonly string[]) => Limit]>> = {
  'cpu quota': [
    /^(\d+) µs of (\d+) µs$/,
    ([quota, period]) => ({ kind: 'cpu-quota', quota: Number(quota), period: Number(period) }),
  ],
  'cpu weight': [/^(\d+)$/, ([weight]) => ({ kind: 'cpu-weight', weight: Number(weight) })],
  memory: [/^(\d+) bytes$/, ([bytes]) => ({ kind: 'memory', bytes: Number(bytes) })],
  processes: [/^(\d+)$/, ([count]) => ({ kind: 'pids', count: Number(count) })],
  cpus: [/^([\d,-]+)$/, ([cpus = '']) => ({ kind: 'cpus', cpus })],
  'write rate': [
    /^(\d+) bytes\/s to the disk$/,
    ([rate]) => ({ kind: 'write-rate', device: theDisk, bytesPerSecond: Number(rate) }),
  ],
};

/** The rows `limit | value` of a table. */
export function limitsOf(table: Table, disk: Device | undefined): Limit[] {
  return written(table).map((limit) => {
    if (limit.kind !== 'write-rate') return limit;
    if (disk === undefined) throw new HarnessError('there is no disk');
    return { ...limit, device: `${disk.major}:${disk.minor}` };
  });
}

function written(table: Table): Limit[] {
  return table.map(([name = '', value = '']) => {
    const [pattern, limit] = patterns[name] ?? [];
    if (pattern === undefined || limit === undefined) {
      throw new HarnessError(`a control group has no limit "${name}"`);
    }
    const found = pattern.exec(value);
    if (found === null) throw new HarnessError(`${name} "${value}" is not like ${pattern.source}`);
    return limit(found.slice(1));
  });
}
