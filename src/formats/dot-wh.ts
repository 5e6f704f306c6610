/**
 * The format of aufs (aufs(5), "INTERNAL FILES"), also of image layer archives: a whiteout of
 * `NAME` is a file `.wh.NAME` beside it, an opaque directory holds a file `.wh..wh..opq`.
 * Other names that begin with `.wh..wh.` are the file system's bookkeeping.
 */
import { type Bytes, join, nameOf, parentOf } from '../bytes.js';
import { SystemError } from '../system/errno.js';
import { type Entry, type Tree, treeOf } from '../tree/tree.js';
import type { Format } from './format.js';

const PREFIX = '.wh.';
const BOOKKEEPING = '.wh..wh.';
const OPAQUE = '.wh..wh..opq' as Bytes;

export const dotWh: Format = {
  name: 'dot-wh',

  interpret(branch) {
    const opaque = new Set(
      [...branch.keys()].filter((path) => nameOf(path) === OPAQUE).map((path) => parentOf(path)),
    );
    return treeOf([...branch.values()].flatMap((entry) => interpretEntry(entry, branch, opaque)));
  },

  whiteOut(branch, path) {
    branch.makeNode(markerOf(path), 'file', 0o444);
  },

  removeWhiteout(branch, path) {
    if (branch.lookup(markerOf(path)) === undefined) throw new SystemError('ENOENT', 'whiteout', path);
    branch.unlink(markerOf(path));
  },

  makeOpaque(branch, path) {
    branch.makeNode(join(path, OPAQUE), 'file', 0o444);
  },
};

function markerOf(path: Bytes): Bytes {
  return join(parentOf(path), `${PREFIX}${nameOf(path)}` as Bytes);
}

function interpretEntry(entry: Entry, branch: Tree, opaque: ReadonlySet<Bytes>): readonly Entry[] {
  const name = nameOf(entry.path);
  if (isBookkeeping(entry.path)) return [];
  if (opaque.has(entry.path)) return [{ ...entry, opaque: true }];
  if (!name.startsWith(PREFIX) || name === PREFIX) return [entry];
  const path = join(parentOf(entry.path), name.slice(PREFIX.length) as Bytes);
  // Beside an entry of its name it is a leftover, and shown as what it is.
  if (branch.has(path)) return [entry];
  const { content, target, device, ...rest } = entry;
  return [{ ...rest, path, kind: 'whiteout' }];
}

function isBookkeeping(path: Bytes): boolean {
  return path.split('/').some((name) => name.startsWith(BOOKKEEPING));
}
