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
} as const;

export type Requirement = keyof typeof requirements;

export function isRequirement(name: string): name is Requirement {
  return Object.hasOwn(requirements, name);
}
