/**
 * The numbers of the FUSE kernel protocol, version 7 (linux/fuse.h): what is said over
 * /dev/fuse, in the byte order of the machine. Only what a union uses is here.
 */
export const operations = {
  lookup: 1,
  forget: 2,
  getattr: 3,
  setattr: 4,
  readlink: 5,
  symlink: 6,
  mknod: 8,
  mkdir: 9,
  unlink: 10,
  rmdir: 11,
  rename: 12,
  link: 13,
  open: 14,
  read: 15,
  write: 16,
  statfs: 17,
  release: 18,
  fsync: 20,
  setxattr: 21,
  getxattr: 22,
  listxattr: 23,
  removexattr: 24,
  init: 26,
  opendir: 27,
  readdir: 28,
  releasedir: 29,
  fsyncdir: 30,
  create: 35,
  interrupt: 36,
  destroy: 38,
  batchForget: 42,
  fallocate: 43,
  readdirplus: 44,
  rename2: 45,
  lseek: 46,
  copyFileRange: 47,
  tmpfile: 51,
} as const;

export const IN_HEADER = 40;
export const OUT_HEADER = 16;

/** The protocol this is written for. A kernel that speaks less than `oldest` (Linux 5.12) is refused, one that speaks more comes down to it. */
export const VERSION = { major: 7, minor: 40, oldest: 33 } as const;

/** Flags of INIT; those from bit 32 on are in the second word. */
export const initFlags = {
  asyncRead: 1 << 0,
  atomicTruncation: 1 << 3,
  bigWrites: 1 << 5,
  dontMask: 1 << 6,
  autoInvalData: 1 << 12,
  doReaddirplus: 1 << 13,
  readdirplusAuto: 1 << 14,
  asyncDio: 1 << 15,
  parallelDirops: 1 << 18,
  posixAcl: 1 << 20,
  maxPages: 1 << 22,
  cacheSymlinks: 1 << 23,
  handleKillprivV2: 1 << 28,
  setxattrExt: 1 << 29,
  initExt: 1 << 30,
} as const;

/** Flags of INIT in the second word, for instance FUSE_PASSTHROUGH, `1 << 37`. */
export const initFlags2 = { expireOnly: 1 << 3, passthrough: 1 << 5 } as const;

/** FATTR_*: what SETATTR sets. */
export const setFlags = {
  mode: 1 << 0,
  uid: 1 << 1,
  gid: 1 << 2,
  size: 1 << 3,
  atime: 1 << 4,
  mtime: 1 << 5,
  handle: 1 << 6,
  atimeNow: 1 << 7,
  mtimeNow: 1 << 8,
  killPrivileges: 1 << 11,
} as const;

/** FOPEN_*: what the answer to OPEN and OPENDIR says. */
export const openedFlags = {
  directIo: 1 << 0,
  keepCache: 1 << 1,
  cacheDirectory: 1 << 3,
  noFlush: 1 << 5,
  passthrough: 1 << 7,
} as const;

export const OPEN_KILL_PRIVILEGES = 1;
export const WRITE_KILL_PRIVILEGES = 4;
export const FSYNC_DATA = 1;
export const ACL_KILL_SGID = 1;
export const ROOT_NODE = 1;

/** Flags of open(2): neither for writing nor with O_TRUNC. */
export function isForReading(flags: number): boolean {
  return (flags & 0o1003) === 0;
}
