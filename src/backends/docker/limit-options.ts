import type { Limit } from '../../control-groups/control-group.js';

/** How docker-run(1) is told a limit. */
export function optionOf(limit: Limit): string[] {
  switch (limit.kind) {
    case 'cpu-quota':
      return [`--cpu-period=${limit.period}`, `--cpu-quota=${limit.quota}`];
    case 'cpu-weight':
      return [`--cpu-shares=${Math.round((limit.weight * 1024) / 100)}`];
    case 'memory':
      return [`--memory=${limit.bytes}`, `--memory-swap=${limit.bytes}`];
    case 'pids':
      return [`--pids-limit=${limit.count}`];
    case 'cpus':
      return [`--cpuset-cpus=${limit.cpus}`];
    case 'write-rate':
      return [`--device-write-bps=/dev/block/${limit.device}:${limit.bytesPerSecond}`];
  }
}
