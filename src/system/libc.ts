/**
 * The C library's functions, called directly: what Node has no name for, and what it has
 * with less than the kernel offers (nanoseconds, bytes, errno). Each call blocks; only the
 * agent may make one on a union.
 */
import koffi from 'koffi';
import { type Bytes, toBuffer } from '../bytes.js';
import { errnoName, SystemError } from './errno.js';

const library = koffi.load(null);

export type Argument = number | bigint | Buffer | null;
/** As many arguments as parameters. */
type Native<Parameters extends readonly string[]> = (
  ...values: { readonly [Index in keyof Parameters]: Argument }
) => number;

/** A negative result of what is declared is the negated errno: nothing is thrown. */
function declare<const Parameters extends readonly string[]>(
  name: string,
  result: 'int' | 'long' | 'void*',
  ...parameters: Parameters
): Native<Parameters> {
  const native = library.func(name, result, [...parameters]);
  // The values have names because a list of them would be garbage of every call. No function has more.
  const make = (
    a?: Argument,
    b?: Argument,
    c?: Argument,
    d?: Argument,
    e?: Argument,
    f?: Argument,
  ): number => {
    const outcome = native(a, b, c, d, e, f) as number;
    return outcome < 0 ? -koffi.errno() : outcome;
  };
  return make as Native<Parameters>;
}

/** Before 2.33 (Ubuntu 20.04, Debian 11) the GNU C library has it by another name only, which takes a pointer. */
function declareMknod(): Native<['path', 'mode', 'device']> {
  try {
    return declare('mknod', 'int', 'void*', 'uint', 'uint64_t');
  } catch {
    const xmknod = declare('__xmknod', 'int', 'int', 'void*', 'uint', 'void*');
    const device = Buffer.alloc(8);
    return (path = null, mode = 0, number) => {
      device.writeBigUInt64LE(BigInt(Number(number)));
      return xmknod(0, path, mode, device);
    };
  }
}

/** A path or name as the NUL-terminated string that C wants. */
export function cString(value: Bytes | string): Buffer {
  return Buffer.concat([toBuffer(value as Bytes), Buffer.alloc(1)]);
}

/** Two are enough: no call takes more paths. */
const paths = [Buffer.alloc(4097), Buffer.alloc(4097)] as const;
let turn: 0 | 1 = 0;

/** As `cString`, in memory that is used again after the next one. */
export function pathString(path: string): Buffer {
  if (path.length >= 4096) return cString(path); // too long for the kernel, which has to say so
  turn = turn === 0 ? 1 : 0;
  const buffer = paths[turn];
  buffer[buffer.write(path, 'latin1')] = 0;
  return buffer;
}

export const libc = {
  statx: declare('statx', 'int', 'int', 'void*', 'int', 'uint', 'void*'),
  open: declare('open', 'int', 'void*', 'int', 'uint'),
  close: declare('close', 'int', 'int'),
  pread: declare('pread', 'long', 'int', 'void*', 'size_t', 'int64_t'),
  pwrite: declare('pwrite', 'long', 'int', 'void*', 'size_t', 'int64_t'),
  write: declare('write', 'long', 'int', 'void*', 'size_t'),
  copy_file_range: declare('copy_file_range', 'long', 'int', 'void*', 'int', 'void*', 'size_t', 'uint'),
  getdents64: declare('getdents64', 'long', 'int', 'void*', 'size_t'),
  lseek: declare('lseek', 'long', 'int', 'int64_t', 'int'),
  readlink: declare('readlink', 'long', 'void*', 'void*', 'size_t'),
  mkdir: declare('mkdir', 'int', 'void*', 'uint'),
  mknod: declareMknod(),
  symlink: declare('symlink', 'int', 'void*', 'void*'),
  link: declare('link', 'int', 'void*', 'void*'),
  linkat: declare('linkat', 'int', 'int', 'void*', 'int', 'void*', 'int'),
  unlink: declare('unlink', 'int', 'void*'),
  rmdir: declare('rmdir', 'int', 'void*'),
  renameat2: declare('renameat2', 'int', 'int', 'void*', 'int', 'void*', 'uint'),
  truncate: declare('truncate', 'int', 'void*', 'int64_t'),
  ftruncate: declare('ftruncate', 'int', 'int', 'int64_t'),
  chmod: declare('chmod', 'int', 'void*', 'uint'),
  fchmod: declare('fchmod', 'int', 'int', 'uint'),
  lchown: declare('lchown', 'int', 'void*', 'int', 'int'),
  fchown: declare('fchown', 'int', 'int', 'int', 'int'),
  utimensat: declare('utimensat', 'int', 'int', 'void*', 'void*', 'int'),
  futimens: declare('futimens', 'int', 'int', 'void*'),
  lgetxattr: declare('lgetxattr', 'long', 'void*', 'void*', 'void*', 'size_t'),
  lsetxattr: declare('lsetxattr', 'int', 'void*', 'void*', 'void*', 'size_t', 'int'),
  llistxattr: declare('llistxattr', 'long', 'void*', 'void*', 'size_t'),
  lremovexattr: declare('lremovexattr', 'int', 'void*', 'void*'),
  faccessat: declare('faccessat', 'int', 'int', 'void*', 'int', 'int'),
  statfs: declare('statfs', 'int', 'void*', 'void*'),
  fallocate: declare('fallocate', 'int', 'int', 'int', 'int64_t', 'int64_t'),
  fsync: declare('fsync', 'int', 'int'),
  fdatasync: declare('fdatasync', 'int', 'int'),
  ioctl: declare('ioctl', 'int', 'int', 'ulong', 'void*'),
  read: declare('read', 'long', 'int', 'void*', 'size_t'),
  flock: declare('flock', 'int', 'int', 'int'),
  fcntl: declare('fcntl', 'int', 'int', 'int', 'void*'),
  set_flags: declare('fcntl', 'int', 'int', 'int', 'int'),
  mount: declare('mount', 'int', 'void*', 'void*', 'void*', 'ulong', 'void*'),
  umount2: declare('umount2', 'int', 'void*', 'int'),
  mount_setattr: declare('syscall', 'long', 'long', 'int', 'void*', 'uint', 'void*', 'size_t'),
  pivot_root: declare('pivot_root', 'int', 'void*', 'void*'),
  chroot: declare('chroot', 'int', 'void*'),
  init_module: declare('init_module', 'int', 'void*', 'ulong', 'void*'),
  sync: declare('sync', 'int'),
  reboot: declare('reboot', 'int', 'int'),
  umask: declare('umask', 'int', 'uint'),
  socketpair: declare('socketpair', 'int', 'int', 'int', 'int', 'void*'),
  recvmsg: declare('recvmsg', 'long', 'int', 'void*', 'int'),
  setfsuid: declare('setfsuid', 'int', 'uint'),
  setfsgid: declare('setfsgid', 'int', 'uint'),
  setgroups: declare('setgroups', 'int', 'size_t', 'void*'),
  waitpid: declare('waitpid', 'int', 'int', 'void*', 'int'),
  unshare: declare('unshare', 'int', 'int'),
  setns: declare('setns', 'int', 'int', 'int'),
  chdir: declare('chdir', 'int', 'void*'),
  fchdir: declare('fchdir', 'int', 'int'),
  inotify_init1: declare('inotify_init1', 'int', 'int'),
  inotify_add_watch: declare('inotify_add_watch', 'int', 'int', 'void*', 'uint'),
  inotify_rm_watch: declare('inotify_rm_watch', 'int', 'int', 'int'),
  poll: declare('poll', 'int', 'void*', 'ulong', 'int'),
  sethostname: declare('sethostname', 'int', 'void*', 'size_t'),
} as const;

/** What a function has returned. @throws SystemError with its errno, when it has failed; it was called on the path. */
export function succeed(name: keyof typeof libc, path: string, result: number): number {
  if (result < 0) throw new SystemError(errnoName(-result), name, path);
  return result;
}

const munmap = library.func('munmap', 'int', ['void*', 'size_t']);
const mmap = library.func('mmap', 'void*', ['void*', 'size_t', 'int', 'int', 'int', 'int64_t']);

/** Memory that is a file. */
export interface Mapping {
  readonly memory: Buffer;
  unmap(): void;
}

/**
 * mmap(2) MAP_SHARED of the first `length` bytes.
 * Reading past the end of the file raises SIGBUS, which ends the process.
 */
export function mapShared(descriptor: number, length: number, writable: boolean): Mapping {
  const PROT_READ = 1;
  const PROT_WRITE = 2;
  const MAP_SHARED = 1;
  const address: unknown = mmap(
    null,
    length,
    PROT_READ | (writable ? PROT_WRITE : 0),
    MAP_SHARED,
    descriptor,
    0,
  );
  if (BigInt(koffi.address(address)) === 0xffff_ffff_ffff_ffffn) {
    throw new SystemError(errnoName(koffi.errno()), 'mmap');
  }
  return {
    memory: Buffer.from(koffi.view(address, length)),
    unmap: () => {
      munmap(address, length);
    },
  };
}
