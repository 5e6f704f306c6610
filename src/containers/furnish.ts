import { dirname } from 'node:path';
import type { Bytes } from '../bytes.js';
import type { ContainerSpec, SharedDirectory } from '../container.js';
import { mountOf } from '../system/mount.js';
import { bindMount, makeTreeReadOnly, pivotInto, setPropagation } from '../system/mount-tree.js';
import { inMountNamespace, setHostname } from '../system/namespaces.js';
import { statPath } from '../system/stat.js';

/**
 * What is done to the namespaces of the first process while it waits at the gate, and from
 * outside: a root file system need not have the programs for it.
 * @throws SystemError
 */
export function furnish(pid: number, spec: ContainerSpec, root: Bytes): void {
  const { hostname } = spec;
  if (hostname !== undefined) setHostname(pid, hostname);
  if (!spec.namespaces.includes('mount')) return;
  const around = mountOf(dirname(root) as Bytes);
  inMountNamespace(pid, () => {
    // An engine in the same sandbox shares it: what is taken away here would be gone from the sandbox.
    if (spec.root !== 'host') setPropagation(around, 'slave');
    // A mount of its own: pivot_root(2) wants one, and takes none that came from another user namespace.
    if (spec.root === 'pivot_root') bindMount(root, root, 'deep');
    if (spec.root !== 'host') bindNull(root);
    for (const directory of spec.directories) share(directory, spec.root === 'host' ? '' : root);
    if (spec.root === 'pivot_root') pivotInto(root);
  });
}

/** Shells open /dev/null for whatever they start in the background; a user namespace may not make devices. */
function bindNull(root: Bytes): void {
  const place = `${root}/dev/null` as Bytes;
  const found = statPath(place);
  if (typeof found !== 'number' && found.kind === 'file') bindMount('/dev/null' as Bytes, place);
}

function share({ source, target, readOnly, propagation }: SharedDirectory, root: string): void {
  const place = `${root}${target}` as Bytes;
  bindMount(source, place, 'deep');
  if (readOnly) makeTreeReadOnly(place);
  if (propagation !== 'shared') setPropagation(place, propagation);
}
