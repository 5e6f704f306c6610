import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Bytes } from '../../bytes.js';
import { bindMount } from '../../system/mount-tree.js';

/** Where this machine's root is in the other one. */
export const outside = '/host';

/**
 * Makes `root` a root directory for a kernel that this machine's C library is too old for:
 * it has another C library, and this machine at `outside`. The kernel cannot be started
 * through that library's own loader: it takes the memory after its program for free, and the
 * loader is there.
 * @param same paths that are the same inside, with what is mounted below them.
 */
export function makeRoot(root: string, libraries: string, same: readonly string[]): void {
  const bind = (source: string, target: string) => {
    mkdirSync(join(root, target), { recursive: true });
    bindMount(source as Bytes, join(root, target) as Bytes, 'deep');
  };
  for (const path of same) bind(path, path);
  for (const folder of ['/lib64', '/lib/x86_64-linux-gnu']) bind(libraries, folder);
  bind('/', outside);
}
