import { realpathSync } from 'node:fs';
import type { Branch } from '../backend.js';
import { type Bytes, display, fromBuffer, toBuffer } from '../bytes.js';
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
    mountPoint: absolute(mountPoint, 'mount point'),
    options: { directAccess: 'none', ...mount },
    flags,
    // Root mounts for everybody, as mount(8) does.
    allowOther: allowOther || written.allowOther || process.geteuid?.() === 0,
  };
}

export function planBranch({ path, mode }: WrittenBranch, otherwise: Branch['mode']): Branch {
  const real = absolute(path, 'branch');
  return { name: display(real), path: real, mode: mode ?? otherwise };
}

/** realpath(3). @throws UsageError */
function absolute(path: string, what: string): Bytes {
  const written = fromBuffer(Buffer.from(path));
  try {
    return fromBuffer(realpathSync(toBuffer(written), { encoding: 'buffer' }));
  } catch (failure) {
    const { code = '' } = failure as NodeJS.ErrnoException;
    if (code === 'ENOTCONN') return written; // looked at again where it is mounted
    const remedy = code === 'ENOENT' ? `no such directory: mkdir ${path}` : code;
    throw new UsageError(`${what} ${path}: ${remedy}`);
  }
}
