/**
 * The format of the kernel's overlay (Documentation/filesystems/overlayfs.rst, "whiteouts and
 * opaque directories"): a whiteout is a character device 0:0; an opaque directory has the
 * extended attribute `trusted.overlay.opaque` = `y`, or `user.overlay.opaque` in a mount with
 * `userxattr`. All attributes below these two prefixes belong to the file system.
 */
import { type Bytes, bytes } from '../bytes.js';

import { SystemError } from '../system/errno.js';
import { type Entry, type Tree, treeOf } from '../tree/tree.js';
import type { Format } from './format.js';

const internal = /^(trusted|user)\.overlay\./;

export const charDevice: Format = {
  name: 'char-device',
  interpret: (branch) => interpretMarkers(branch, internal),

  whiteOut(branch, path) {
    branch.makeNode(path, 'character-device', 0);
  },

  removeWhiteout(branch, path) {
    const found = branch.lookup(path);
    if (found === undefined || !isWhiteout(found)) throw new SystemError('ENOENT', 'whiteout', path);
    branch.unlink(path);
  },

  /** Only root of the host may set trusted.* (xattr(7)); others mount with `userxattr`. */
  makeOpaque(branch, path) {
    try {
      branch.setAttribute(path, bytes('trusted.overlay.opaque'), Buffer.from('y'), 'set');
    } catch (failure) {
      if (!(failure instanceof SystemError && failure.errno === 'EPERM')) throw failure;
      branch.setAttribute(path, bytes('user.overlay.opaque'), Buffer.from('y'), 'set');
    }
  },
};

/** A tree with devices 0:0 and `*.opaque` attributes explained, and internal attributes left out. */
export function interpretMarkers(branch: Tree, internalNames: RegExp): Tree {
  return treeOf([...branch.values()].map((entry) => interpretEntry(entry, internalNames)));
}

function interpretEntry(entry: Entry, internalNames: RegExp): Entry {
  if (isWhiteout(entry)) {
    const { device, ...rest } = entry;
    return { ...rest, kind: 'whiteout' };
  }
  const attributes = Object.entries(entry.attributes);
  const opaque = attributes.some(
    ([name, value]) => internalNames.test(name) && name.endsWith('.opaque') && value === ('y' as Bytes),
  );
  const own = Object.fromEntries(attributes.filter(([name]) => !internalNames.test(name)));
  return { ...entry, attributes: own, ...(opaque && entry.kind === 'directory' ? { opaque: true } : {}) };
}

function isWhiteout(entry: Pick<Entry, 'kind' | 'device'>): boolean {
  return entry.kind === 'character-device' && entry.device?.major === 0 && entry.device.minor === 0;
}
