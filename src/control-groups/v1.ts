/** Version 1: Documentation/admin-guide/cgroup-v1, and Documentation/scheduler/sched-bwc of the kernel. */
import { numberAfter, type Order, type Spelling } from './spelling.js';

const USUAL_SHARES = 1024;

export const v1: Spelling = {
  limit(limit): readonly Order[] {
    switch (limit.kind) {
      case 'cpu-quota':
        return [
          { file: 'cpu.cfs_period_us', text: String(limit.period) },
          { file: 'cpu.cfs_quota_us', text: String(limit.quota) },
        ];
      case 'cpu-weight':
        return [{ file: 'cpu.shares', text: sharesOf(limit.weight) }];
      case 'memory':
        return [
          { file: 'memory.limit_in_bytes', text: String(limit.bytes) },
          // Memory and swap together; it must never be the lower of the two.
          { file: 'memory.memsw.limit_in_bytes', text: String(limit.bytes), optional: true },
        ];
      case 'pids':
        return [{ file: 'pids.max', text: String(limit.count) }];
      case 'cpus':
        return [{ file: 'cpuset.cpus', text: limit.cpus }];
      case 'write-rate':
        return [{ file: 'blkio.throttle.write_bps_device', text: `${limit.device} ${limit.bytesPerSecond}` }];
    }
  },
  cpuUsage: (read) => ({
    used: Number(read('cpuacct.usage')) / 1000,
    periods: numberAfter('nr_periods', read('cpu.stat')),
    throttled: numberAfter('nr_throttled', read('cpu.stat')),
  }),
  memoryKills: (read) => numberAfter('oom_kill', read('memory.oom_control')),
  memoryUsed: (read) => Number(read('memory.usage_in_bytes')),
  freeze: { file: 'freezer.state', text: 'FROZEN' },
  thaw: { file: 'freezer.state', text: 'THAWED' },
  isFrozen: (read) => read('freezer.state').trim() === 'FROZEN',
};

function sharesOf(weight: number): string {
  return String(Math.round((weight * USUAL_SHARES) / 100));
}
