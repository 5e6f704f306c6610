import { readFileSync } from 'node:fs';
import type { Sandbox } from '../../backend.js';
import { display } from '../../bytes.js';
import type { Errno } from '../../system/errno.js';
import { statPath } from '../../system/stat.js';
import type { Layers } from './mount-overlay.js';

/** Why there is no union: what was tried and what came back, and what to do. */
export interface Refusal {
  readonly reason: string;
  readonly remedy: string;
}

/** The kernel says more only in its log, which an ordinary user may not read: so look at what it looks at. */
export function explainFailure(errno: Errno, layers: Layers, sandbox: Sandbox): Refusal {
  const reason = `mount of type overlay: ${errno}`;
  if (!readFileSync('/proc/filesystems', 'utf8').includes('\toverlay\n')) {
    return {
      reason: `${reason}, and /proc/filesystems has no overlay`,
      remedy: 'modprobe overlay; a kernel built here needs CONFIG_OVERLAY_FS',
    };
  }
  return { reason, remedy: remedies(layers, sandbox)[errno] ?? 'see the end of dmesg' };
}

function remedies(layers: Layers, sandbox: Sandbox): Readonly<Record<Errno, string>> {
  const upper = layers.upper === undefined ? 'the upper branch' : display(layers.upper);
  return {
    EINVAL: sandbox.privileged
      ? `${upper} must be on a file system with extended attributes and d_type, and on the same as ${display(sandbox.directory)}${sameDevice(layers, sandbox)}; see the end of dmesg`
      : 'the option userxattr, which a user namespace needs, came with Linux 5.11; and the upper file system must have user.* attributes (tmpfs: Linux 6.6)',
    EPERM: 'overlay in a user namespace came with Linux 5.11; or a security module forbids it',
    ELOOP: 'the same directory is given twice, or one branch lies in another',
    EBUSY: `${upper} is in use by another overlay`,
    ESTALE: `${upper} was used with other lower branches before (index=on)`,
    ENOENT: 'a branch does not exist',
    ENOTDIR: 'a branch is not a directory',
    EACCES: 'a branch may not be searched by this user',
    E2BIG: 'overlay takes at most 500 lower branches',
    ENODEV: 'modprobe overlay; a kernel built here needs CONFIG_OVERLAY_FS',
  };
}

function sameDevice(layers: Layers, sandbox: Sandbox): string {
  if (layers.upper === undefined) return '';
  const [upper, work] = [statPath(layers.upper), statPath(sandbox.directory)];
  if (typeof upper === 'number' || typeof work === 'number' || upper.dev === work.dev) return '';
  return ` (which is ${work.dev}, not ${upper.dev})`;
}
