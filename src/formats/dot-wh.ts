/**
 * The format of aufs (aufs(5), "INTERNAL FILES"), also of image layer archives: a whiteout of
 * `NAME` is a file `.wh.NAME` beside it, an opaque directory holds a file `.wh..wh..opq`.
 * Other names that begin with `.wh..wh.` are the file system's bookkeeping.
 *
 * A name of more than 251 bytes leaves no room for the prefix. aufs has no such names; here
 * their whiteouts are called by a hash, and the name is what the file holds.
 */
import { createHash } from 'node:crypto';
import { type Bytes, join, nameOf, parentOf, toBuffer } from '../bytes.js';
import type { Files } from '../files.js';
import { SystemError } from '../system/errno.js';
import { type Entry, type Tree, treeOf } from '../tree/tree.js';
import type { Format } from './format.js';

export const WHITEOUT_PREFIX = '.wh.' as Bytes;
export const OPAQUE_MARKER = '.wh..wh..opq' as Bytes;
const BOOKKEEPING = '.wh..wh.';
const LONG = '.wh..wh.long.';
const NAME_MAX = 255;

export const dotWh: Format = {
  name: 'dot-wh',

  interpret(branch) {
    const opaque = new Set(
      [...branch.keys()].filter((path) => nameOf(path) === OPAQUE_MARKER).map((path) => parentOf(path)),
    );
    return treeOf([...branch.values()].flatMap((entry) => interpretEntry(entry, branch, opaque)));
  },

  whiteOut(branch, path) {
    const marker = whiteoutOf(path);
    if (isLongMarker(nameOf(marker))) writeLongMarker(branch, marker, path);
    else branch.makeNode(marker, 'file', 0o444);
  },

  removeWhiteout(branch, path) {
    const marker = whiteoutOf(path);
    if (branch.lookup(marker) === undefined) throw new SystemError('ENOENT', 'whiteout', path);
    branch.unlink(marker);
  },

  makeOpaque(branch, path) {
    branch.makeNode(join(path, OPAQUE_MARKER), 'file', 0o444);
  },
};

/** The path of the marker that hides a path. */
export function whiteoutOf(path: Bytes): Bytes {
  const name = nameOf(path);
  const isLong = name.length + WHITEOUT_PREFIX.length > NAME_MAX;
  const marker = isLong
    ? LONG + createHash('sha256').update(toBuffer(name)).digest('hex')
    : WHITEOUT_PREFIX + name;
  return join(parentOf(path), marker as Bytes);
}

/** Whether a marker holds the name it hides, because its own has no room for it. */
export function isLongMarker(name: Bytes): boolean {
  return name.startsWith(LONG);
}

/** Makes the marker of a long name. */
export function writeLongMarker(branch: Files, marker: Bytes, hidden: Bytes): void {
  const file = branch.open(marker, ['O_WRONLY', 'O_CREAT', 'O_EXCL'], 0o444);
  try {
    file.write(0, toBuffer(nameOf(hidden)));
  } finally {
    file.close();
  }
}

/** The name that a marker hides; undefined for bookkeeping. `content` reads the marker, which only a long name needs. */
export function hiddenBy(name: Bytes, content: () => Bytes): Bytes | undefined {
  if (isLongMarker(name)) return content();
  const hidden = name.slice(WHITEOUT_PREFIX.length) as Bytes;
  return hidden === '' || name.startsWith(BOOKKEEPING) ? undefined : hidden;
}

function interpretEntry(entry: Entry, branch: Tree, opaque: ReadonlySet<Bytes>): readonly Entry[] {
  const name = nameOf(entry.path);
  if (isBookkeeping(entry.path)) return [];
  if (opaque.has(entry.path)) return [{ ...entry, opaque: true }];
  const hidden = name.startsWith(WHITEOUT_PREFIX)
    ? hiddenBy(name, () => entry.content ?? ('' as Bytes))
    : undefined;
  if (hidden === undefined) return [entry];
  const path = join(parentOf(entry.path), hidden);
  // Beside an entry of its name it is a leftover, and shown as what it is.
  if (branch.has(path)) return [entry];
  const { content, target, device, ...rest } = entry;
  return [{ ...rest, path, kind: 'whiteout' }];
}

function isBookkeeping(path: Bytes): boolean {
  return path.split('/').some((name) => name.startsWith(BOOKKEEPING) && !name.startsWith(LONG));
}
