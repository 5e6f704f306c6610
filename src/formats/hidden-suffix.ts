/**
 * The format of unionfs-fuse (unionfs(8), "Meta data"): a whiteout of `d/NAME` is a file or
 * directory `d/NAME_HIDDEN~` below a directory at the root of the branch. That is called
 * `.unionfs-fuse` by release 1.0 and `.unionfs` by the manual page and other releases. A
 * hidden name that exists in the same branch hides the lower branches only: a directory is
 * opaque then. The other meta files of that page, `.fuse_hidden*`, are libfuse's: deleted
 * files that are still open.
 */
import { type Bytes, join, nameOf, parentOf } from '../bytes.js';
import type { Files } from '../files.js';
import { SystemError } from '../system/errno.js';
import { type Entry, type Tree, treeOf } from '../tree/tree.js';
import type { Format } from './format.js';

const written = '.unionfs-fuse' as Bytes;
const roots: readonly Bytes[] = [written, '.unionfs' as Bytes];
const suffix = '_HIDDEN~';

export const hiddenSuffix: Format = {
  name: 'hidden-suffix',

  interpret(branch) {
    const entries = [...branch.values()];
    const hidden = new Map(
      entries.flatMap((entry) => {
        const path = hiddenBy(entry.path);
        return path === undefined ? [] : [[path, entry] as const];
      }),
    );
    const own = entries.filter(({ path }) => !isMetaFile(path));
    const shown = new Map(own.map((entry) => [entry.path, asOpaque(entry, hidden)]));
    for (const [path, { content, ...marker }] of hidden) {
      if (shown.has(path) || isLeftOver(path, hidden, branch)) continue;
      shown.set(path, { ...marker, path, kind: 'whiteout' });
      for (let parent = parentOf(path); !shown.has(parent); parent = parentOf(parent)) {
        shown.set(parent, impliedDirectory(branch, parent));
      }
    }
    return treeOf(shown.values());
  },

  whiteOut(branch, path) {
    makeParents(branch, markerOf(path));
    branch.makeNode(markerOf(path), 'file', 0o600);
  },

  removeWhiteout(branch, path) {
    const marker = roots
      .map((root) => markerOf(path, root))
      .find((candidate) => branch.lookup(candidate) !== undefined);
    if (marker === undefined) throw new SystemError('ENOENT', 'whiteout', path);
    if (branch.lookup(marker)?.kind === 'directory') branch.removeDirectory(marker);
    else branch.unlink(marker);
  },

  makeOpaque(branch, path) {
    makeParents(branch, markerOf(path));
    branch.makeDirectory(markerOf(path), 0o700);
  },
};

function markerOf(path: Bytes, root = written): Bytes {
  return `${join(root, path)}${suffix}` as Bytes;
}

function hiddenBy(path: Bytes): Bytes | undefined {
  const root = roots.find((candidate) => path.startsWith(`${candidate}/`));
  if (root === undefined || !nameOf(path).endsWith(suffix)) return undefined;
  return path.slice(root.length + 1, -suffix.length) as Bytes;
}

/**
 * A marker below a hidden directory, or below a file that has taken a directory's place, is left over
 * from emptying the directory: there is nothing it could hide.
 */
function isLeftOver(path: Bytes, hidden: ReadonlyMap<Bytes, Entry>, branch: Tree): boolean {
  const parent = parentOf(path);
  if (parent === '') return false;
  const kind = branch.get(parent)?.kind ?? 'directory';
  return hidden.has(parent) || kind !== 'directory' || isLeftOver(parent, hidden, branch);
}

function asOpaque(entry: Entry, hidden: ReadonlyMap<Bytes, Entry>): Entry {
  return entry.kind === 'directory' && hidden.has(entry.path) ? { ...entry, opaque: true } : entry;
}

/** A whiteout lies in a directory, which this format keeps with its markers only. */
function impliedDirectory(branch: Tree, path: Bytes): Entry {
  const kept = roots.map((root) => branch.get(join(root, path))).find((entry) => entry !== undefined);
  if (kept === undefined) throw new Error(`the marker's directory ${path} is in no tree of markers`);
  return { ...kept, path };
}

function isMetaFile(path: Bytes): boolean {
  return (
    roots.some((root) => path === root || path.startsWith(`${root}/`)) ||
    nameOf(path).startsWith('.fuse_hidden')
  );
}

function makeParents(branch: Files, path: Bytes): void {
  const parent = parentOf(path);
  if (parent === '' || branch.lookup(parent) !== undefined) return;
  makeParents(branch, parent);
  branch.makeDirectory(parent, 0o770);
}
