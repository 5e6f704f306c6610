/**
 * What a scenario needs of the host, whatever the backend: by tag, `@requires:root`.
 * Probed once per run in the sandbox (`src/agent/requirement-probes.ts`); a host that
 * cannot do it means a skip that says the errno and the remedy.
 */
export const requirements = {
  root: 'files can be given to any user, and operations done as any user',
  'device-nodes': 'device nodes can be created',
  'user-attributes': 'the file system of the work area keeps user.* attributes',
  'trusted-attributes': 'the file system of the work area keeps trusted.* attributes',
  'access-control-lists': 'the file system of the work area keeps POSIX ACLs',
  'direct-io': 'the file system of the work area takes O_DIRECT',
  mounts: 'the sandbox can mount a file system of its own for a branch',
  busybox: 'a busybox that needs no library is installed',
  'linked-programs': 'bash, ls and ldd are installed',
  'time-namespaces': 'the kernel has time namespaces',
  editor: 'the editor ex is installed',
  'loop-devices': 'a file can be made a block device',
  lxcfs: 'lxcfs is installed, and can be run in the sandbox',
  'image-registry': 'a registry of images is installed, and can be run in the sandbox',
  'control-group-cpu': 'CPU time can be limited by a control group',
  'control-group-cpu-v1': 'CPU time can be limited by a control group of version 1',
  'control-group-cpu-v2': 'CPU time can be limited by a control group of version 2',
  'control-group-memory': 'memory can be limited by a control group',
  'control-group-memory-v1': 'memory can be limited by a control group of version 1',
  'control-group-memory-v2': 'memory can be limited by a control group of version 2',
  'control-group-pids': 'the number of processes can be limited by a control group',
  'control-group-cpuset': 'processes can be kept to some CPUs by a control group',
  'control-group-cpuset-v1': 'processes can be kept to some CPUs by a control group of version 1',
  'control-group-io': 'the rate of writing to a device can be limited by a control group',
  'control-group-freezer-v1': 'processes can be frozen by a control group of version 1',
  'control-group-freezer-v2': 'processes can be frozen by a control group of version 2',
} as const;

export type Requirement = keyof typeof requirements;

export function isRequirement(name: string): name is Requirement {
  return Object.hasOwn(requirements, name);
}

/** Whether it is about control groups: a run makes one of its own for scenarios that require that. */
export function isControlGroup(requirement: Requirement): boolean {
  return requirement.startsWith('control-group-');
}
