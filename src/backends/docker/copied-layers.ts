/**
 * Layers of a storage driver without unions: the directory of each is a copy of all that shows in it. What a layer
 * changes is then known by what was loaded, and of a container by what the engine says.
 */
import { type Branch, isWritable } from '../../backend.js';
import type { Bytes } from '../../bytes.js';
import type { Format } from '../../formats/format.js';
import type { LayerChange } from '../../images.js';
import { openDirectory } from '../../system/directory.js';
import { readTree } from '../../tree/read-tree.js';
import { type Entry, type Tree, treeOf } from '../../tree/tree.js';

/**
 * Reads branches whose paths will show copies.
 * @param branches as they were built.
 * @param changesOf what the engine says of the writable one; paths relative to it.
 */
export function readerOfCopies(
  branches: readonly Branch[],
  format: Format,
  changesOf: () => readonly LayerChange[],
): (path: Bytes) => Tree {
  const loaded = new Map(branches.map(({ path }) => [path, format.interpret(treeAt(path))]));
  const own = branches.find(isWritable)?.path;
  return (path) => {
    const copy = treeAt(path);
    const kept = keptIn(copy, loaded.get(path));
    return treeOf(path === own ? [...toldOf(copy, changesOf(), kept), ...kept] : kept);
  };
}

function treeAt(path: Bytes): Tree {
  return readTree(openDirectory(path)).tree;
}

/** Of what was loaded what is still there; what hides something has left no trace in the copy. */
function keptIn(copy: Tree, loaded: Tree = new Map()): readonly Entry[] {
  return [...loaded.values()].flatMap((entry) => {
    const found = copy.get(entry.path);
    if (entry.kind === 'whiteout') return found === undefined ? [entry] : [];
    if (found?.kind === 'directory' && entry.opaque === true) return [{ ...found, opaque: true }];
    return found === undefined ? [] : [found];
  });
}

/** @param kept in a directory that was loaded as opaque nothing has to be hidden. */
function toldOf(copy: Tree, changes: readonly LayerChange[], kept: readonly Entry[]): readonly Entry[] {
  const opaque = kept.filter((entry) => entry.opaque === true).map((entry) => `${entry.path}/`);
  return changes.flatMap(({ kind, path }) => {
    if (kind !== 'D') return entryAt(copy, path);
    return opaque.some((directory) => path.startsWith(directory)) ? [] : [deleted(path)];
  });
}

function entryAt(copy: Tree, path: Bytes): readonly Entry[] {
  const found = copy.get(path);
  return found === undefined ? [] : [found];
}

function deleted(path: Bytes): Entry {
  const mtime = { seconds: 0, nanoseconds: 0 };
  return { path, kind: 'whiteout', mode: 0, uid: 0, gid: 0, nlink: 1, mtime, attributes: {} };
}
