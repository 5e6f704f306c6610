/**
 * What a backend says it can do. A scenario asks for capabilities by tag
 * (`@needs:hard-links`); it is `unsupported` on a backend without them, and then a probe
 * (`src/agent/capability-probes.ts`) must agree, or the capability is dishonest.
 */
export const capabilities = {
  'copy-on-write': 'a change to an entry of a read-only branch is made in a writable branch',
  whiteouts: 'an entry of a read-only branch can be deleted',
  'opaque-directories': 'a deleted directory that is created again does not show its old entries',
  'whiteouts-in-read-only-branches': 'a whiteout in a branch mounted ro+wh hides the name below it',
  'plain-read-only-branches': 'a whiteout in a branch mounted ro hides nothing',
  'several-writable-branches': 'more than one branch can be writable',
  'no-writable-branch': 'a union can be made of read-only branches only',
  'read-only-mount': 'a union that has a writable branch can be mounted read-only as a whole',
  'branch-changes': 'branches come, go and change their mode while the union is mounted',
  'creation-policies': 'where a new entry is made is chosen when the union is mounted',
  'copy-up-policies': 'where an entry is copied up to is chosen when the union is mounted',
  revalidation: 'what is changed in a branch directly is found so when its name is looked up, if asked for',
  'change-notification': 'what is changed in a branch directly shows within moments, if asked for',
  'directory-rename': 'a directory with entries in a read-only branch can be renamed',
  'rename-flags': 'renameat2(2) takes RENAME_NOREPLACE and RENAME_EXCHANGE',
  'hard-links': 'link(2) works on entries of any branch',
  'linked-copy-up': 'hard links of a read-only branch stay one file through copy-up',
  'stable-inodes': 'the inode number of an entry survives its copy-up',
  'extended-attributes': 'user.* attributes can be read and set',
  'access-control-lists': 'POSIX ACLs are kept, set and enforced',
  'sparse-copy-up': 'the holes of a sparse file are still holes after its copy-up',
  'full-length-names': 'names of 255 bytes can be used, and deleted',
  'special-files': 'fifos, sockets and devices can be created, and copied up',
  'unnamed-files': 'open(2) takes O_TMPFILE',
  'direct-io': 'open(2) takes O_DIRECT',
  'hole-punching': 'fallocate(2) punches holes',
  introspection: 'the mount table leads to what the kernel shows of the branches',
  'visible-to-programs': 'the union is mounted: any program of the sandbox sees it',
  containers: 'a program runs in the union as its root file system, in namespaces of its own',
  'partial-containers':
    'a container is made of any of its parts: some namespaces, any way to change the root or none',
  'joined-control-groups':
    'the processes of a container are in the very control group that it is given, and no others with them',
  'char-device-whiteouts': 'whiteouts are character devices 0:0',
  'dot-wh-whiteouts': 'whiteouts are files named .wh.NAME',
  'linked-whiteouts': 'the whiteouts of a branch are hard links of one file, .wh..wh.aufs',
  images: 'images are loaded, built and saved, and containers made of them',
  'separate-layers': 'each layer is stored with what it changes, once for all images and containers',
  'shown-layers':
    'it is noted which layers are below each, and the kernel shows those of a running container',
} as const;

export type Capability = keyof typeof capabilities;

export function isCapability(name: string): name is Capability {
  return Object.hasOwn(capabilities, name);
}
