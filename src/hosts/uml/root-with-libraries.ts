import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Bytes } from '../../bytes.js';
import { call, cString } from '../../system/libc.js';
import { bindMount } from '../../system/mount-tree.js';

/**
 * A root directory for a kernel that this machine's C library is too old for: it has another
 * C library, and this machine below `/host`. The kernel cannot be started through the
 * library's own loader: it takes the memory after its program for free, and the loader is there.
 */
export function makeRootWith(libraries: string, place: string) {
  const root = join(place, 'root');
  const inRoot = (path: string) => {
    const target = join(root, path) as Bytes;
    mkdirSync(target, { recursive: true });
    return target;
  };
  // What the kernel opens by its own name is at the same place inside.
  bindMount(place as Bytes, inRoot(place), 'deep');
  for (const folder of ['/lib64', '/lib/x86_64-linux-gnu']) bindMount(libraries as Bytes, inRoot(folder));
  bindMount('/' as Bytes, inRoot('/host'), 'deep');
  return {
    host: '/host',
    enter() {
      call('chroot', root, cString(root));
      process.chdir('/');
    },
  };
}
