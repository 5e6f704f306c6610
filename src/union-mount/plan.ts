import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Branch } from '../backend.js';
import { type Bytes, display, fromBuffer } from '../bytes.js';
import { UsageError } from '../catalogue/usage-error.js';
import type { MountRequest } from '../fuse/mount-union.js';
import { defaultMode } from '../union/branches.js';
import type { WrittenBranch, WrittenOptions } from './options.js';

/** What a command line asks for, with absolute paths. @throws UsageError */
export function planMount(written: WrittenOptions, mountPoint: string, allowOther: boolean): MountRequest {
  const { branches, mount, flags } = written;
  if (branches.length === 0) {
    throw new UsageError('a union needs branches: -o br=DIRECTORY[=MODE][:DIRECTORY[=MODE]…]');
  }
  if (written.changes.length > 0) {
    throw new UsageError(`-o ${written.changes[0]?.change}: for a union that is mounted: -o remount,…`);
  }
  return {
    branches: branches.map((branch, index) => planBranch(branch, defaultMode(index, mount))),
    mountPoint: absolutePath(mountPoint, 'mount point'),
    options: { directAccess: 'reval', ...mount },
    flags,
    // Root mounts for everybody, as mount(8) does.
    allowOther: allowOther || written.allowOther || process.geteuid?.() === 0,
  };
}

export function planBranch({ path, mode }: WrittenBranch, otherwise: Branch['mode']): Branch {
  const real = absolutePath(path, 'branch');
  return { name: display(real), path: real, mode: mode ?? otherwise };
}

/** realpath(3). @throws UsageError */
export function absolutePath(path: string, what: string): Bytes {
  try {
    return fromBuffer(realpathSync(path, { encoding: 'buffer' }));
  } catch (failure) {
    const { code = '' } = failure as NodeJS.ErrnoException;
    // A mount whose daemon was killed still has a place.
    if (code === 'ENOTCONN') {
      return fromBuffer(Buffer.from(join(realpathSync(dirname(resolve(path))), basename(path))));
    }
    const remedy = code === 'ENOENT' ? `no such directory: mkdir ${path}` : code;
    throw new UsageError(`${what} ${path}: ${remedy}`);
  }
}
