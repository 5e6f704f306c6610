/** The probes of what a host lets control groups do: each puts a process into a group with the controller. */
import type { Controller, Version } from '../control-groups/control-group.js';
import { KernelGroup } from '../control-groups/group.js';
import { runGroupsOfAgent } from '../control-groups/kernel-groups.js';
import { removeGroups } from '../control-groups/removal.js';
import { kernelNames, type RunGroups } from '../control-groups/run-groups.js';
import type { Requirement } from '../requirement.js';
import { runProgram } from '../system/programs.js';
import { Refused, type RequirementProbe } from './requirement-probe.js';

type ControlGroupRequirement = Extract<Requirement, `control-group-${string}`>;

/** A controller is carried by one version at a time, and by version 1 where that is mounted. */
const remedies = {
  any: 'run as root where /sys/fs/cgroup can be written to; or, with systemd: systemd-run --user --scope -p Delegate=yes, from a shell outside of that scope',
  v1: 'run as root on a host that carries it by version 1 (kernel parameter systemd.unified_cgroup_hierarchy=0)',
  v2: 'run as root on a host that carries it by version 2 (kernel parameter systemd.unified_cgroup_hierarchy=1), or in a guest kernel: --on=uml',
} as const;

function probe(controller: Controller, version?: Version): RequirementProbe {
  return {
    attempt: () => attempt(controller, version),
    remedy: remedies[version ?? 'any'],
  };
}

export const controlGroupProbes: Readonly<Record<ControlGroupRequirement, RequirementProbe>> = {
  'control-group-cpu': probe('cpu'),
  'control-group-cpu-v1': probe('cpu', 'v1'),
  'control-group-cpu-v2': probe('cpu', 'v2'),
  'control-group-memory': probe('memory'),
  'control-group-memory-v1': probe('memory', 'v1'),
  'control-group-memory-v2': probe('memory', 'v2'),
  'control-group-pids': probe('pids'),
  'control-group-cpuset': probe('cpuset'),
  'control-group-cpuset-v1': probe('cpuset', 'v1'),
  'control-group-io': probe('io'),
  'control-group-freezer-v1': probe('freezer', 'v1'),
  'control-group-freezer-v2': probe('freezer', 'v2'),
};

/** What a limit is written to: a kernel may be built with a controller and without this part of it. */
const limitFiles: Readonly<Record<Exclude<Controller, 'freezer'>, Readonly<Record<Version, string>>>> = {
  cpu: { v1: 'cpu.cfs_quota_us', v2: 'cpu.max' },
  memory: { v1: 'memory.limit_in_bytes', v2: 'memory.max' },
  pids: { v1: 'pids.max', v2: 'pids.max' },
  cpuset: { v1: 'cpuset.cpus', v2: 'cpuset.cpus' },
  io: { v1: 'blkio.throttle.write_bps_device', v2: 'io.max' },
};

const joinEach = 'for group; do echo 0 > "$group/cgroup.procs" || exit; done';

/** @throws SystemError, Refused */
function attempt(controller: Controller, version: Version | undefined): void {
  const run = runGroupsOfAgent();
  // No refusal of the host: a skip would hide that the run forgot to make them.
  if (run === undefined) throw new Error('a scenario asks for control groups, and the run has made none');
  const versions = run.carriers[controller];
  if (version === undefined ? versions.length === 0 : !versions.includes(version)) {
    throw new Refused(refusalsOf(run, controller, version));
  }
  const group = new KernelGroup(run, `trial-of-${controller}`);
  const directories = group.directories.map(String);
  try {
    const { status, output } = runProgram(['sh', '-c', joinEach, 'sh', ...directories], '/');
    if (status !== 0) throw new Refused(`a process cannot join the group: ${output.trim()}`);
    const by = version ?? versions[0] ?? 'v2';
    if (controller === 'freezer') freezeOnce(group, by);
    else group.read(limitFiles[controller][by]);
  } finally {
    removeGroups(directories);
  }
}

function freezeOnce(group: KernelGroup, version: Version): void {
  group.freeze(version);
  group.thaw(version);
}

function refusalsOf(run: RunGroups, controller: Controller, version: Version | undefined): string {
  const versions: readonly Version[] = version === undefined ? ['v1', 'v2'] : [version];
  return versions
    .flatMap((each) =>
      kernelNames[each][controller].map((name) => `version ${each.slice(1)}: ${refusalOf(run, each, name)}`),
    )
    .join('; ');
}

function refusalOf({ refusals }: RunGroups, version: Version, name: string): string {
  const known = refusals.find(
    (refusal) => refusal.version === version && [name, 'cgroup'].includes(refusal.name),
  );
  if (known !== undefined) return known.reason;
  return version === 'v1' ? `no hierarchy with ${name} is mounted` : 'cgroup2 is not mounted';
}
