/** Version 2: Documentation/admin-guide/cgroup-v2.rst of the kernel. */
import { numberAfter, type Order, type Spelling } from './spelling.js';

export const v2: Spelling = {
  limit(limit): readonly Order[] {
    switch (limit.kind) {
      case 'cpu-quota':
        return [{ file: 'cpu.max', text: `${limit.quota} ${limit.period}` }];
      case 'cpu-weight':
        return [{ file: 'cpu.weight', text: String(limit.weight) }];
      case 'memory':
        return [
          { file: 'memory.max', text: String(limit.bytes) },
          { file: 'memory.swap.max', text: '0', optional: true },
        ];
      case 'pids':
        return [{ file: 'pids.max', text: String(limit.count) }];
      case 'cpus':
        return [{ file: 'cpuset.cpus', text: limit.cpus }];
      case 'write-rate':
        return [{ file: 'io.max', text: `${limit.device} wbps=${limit.bytesPerSecond}` }];
    }
  },
  cpuUsage(read) {
    const text = read('cpu.stat');
    return {
      used: numberAfter('usage_usec', text),
      periods: numberAfter('nr_periods', text),
      throttled: numberAfter('nr_throttled', text),
    };
  },
  memoryKills: (read) => numberAfter('oom_kill', read('memory.events')),
  memoryUsed: (read) => Number(read('memory.current')),
  freeze: { file: 'cgroup.freeze', text: '1' },
  thaw: { file: 'cgroup.freeze', text: '0' },
  isFrozen: (read) => numberAfter('frozen', read('cgroup.events')) === 1,
};
