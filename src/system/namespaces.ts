/**
 * Namespaces of this thread, which the processes it starts have from it (namespaces(7)).
 * Each is left again before anything else happens: the agent itself stays where it is.
 */
import { cString, libc, succeed } from './libc.js';

const CLONE_FS = 0x200;

/** linux/sched.h */
const flags = { mnt: 0x20000, pid: 0x20000000, uts: 0x4000000 } as const;

const O_PATH = 0o10000000;
const O_CLOEXEC = 0o2000000;

/** What is started within is in a PID namespace: a new one, whose first process it is, or that of a process. */
export function startInPidNamespace<T>(of: 'new' | { readonly pid: number }, start: () => T): T {
  return leaving('pid', () => {
    if (of === 'new') succeed('unshare', 'pid', libc.unshare(flags.pid));
    else enter(of.pid, 'pid');
    return start();
  });
}

/** sethostname(2) in the UTS namespace of a process. @throws SystemError EPERM, EINVAL */
export function setHostname(pid: number, hostname: string): void {
  const name = Buffer.from(hostname);
  leaving('uts', () => {
    enter(pid, 'uts');
    succeed('sethostname', hostname, libc.sethostname(name, name.length));
  });
}

let hasOwnRoot = false;

/**
 * Does something in the mount namespace of a process, or in a copy of this one that ends with it. Root and working directory, which are
 * the namespace's root within (setns(2)), are back where they were afterwards.
 */
export function inMountNamespace<T>(of: 'copy' | number, use: () => T): T {
  // A thread that shares its root with others cannot enter a mount namespace (EINVAL).
  if (!hasOwnRoot) succeed('unshare', 'fs', libc.unshare(CLONE_FS));
  hasOwnRoot = true;
  const [root, here] = [openPath('/'), process.cwd()];
  try {
    return leaving('mnt', () => {
      if (of === 'copy') succeed('unshare', 'mnt', libc.unshare(flags.mnt));
      else enter(of, 'mnt');
      return use();
    });
  } finally {
    succeed('fchdir', '/', libc.fchdir(root));
    succeed('chroot', '/', libc.chroot(cString('.')));
    libc.close(root);
    process.chdir(here);
  }
}

function leaving<T>(kind: keyof typeof flags, use: () => T): T {
  const own = openPath(`/proc/thread-self/ns/${kind}`, 0);
  try {
    return use();
  } finally {
    const left = libc.setns(own, flags[kind]);
    libc.close(own);
    // What follows would happen elsewhere than everybody believes.
    if (left < 0) process.abort();
  }
}

/** @throws SystemError ENOENT when there is no such process any more. */
function enter(pid: number, kind: keyof typeof flags): void {
  const namespace = openPath(`/proc/${pid}/ns/${kind}`, 0);
  try {
    succeed('setns', `/proc/${pid}/ns/${kind}`, libc.setns(namespace, flags[kind]));
  } finally {
    libc.close(namespace);
  }
}

function openPath(path: string, how = O_PATH): number {
  return succeed('open', path, libc.open(cString(path), how | O_CLOEXEC, 0));
}
