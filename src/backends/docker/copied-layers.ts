/**
 * Branches of a storage driver without unions: the directory of each layer is a copy of all that shows in it. What a
 * container's own layer has in it is then what has become of the copy that it began with; of another, what was loaded.
 */
import { type Branch, isWritable } from '../../backend.js';
import { type Bytes, parentOf } from '../../bytes.js';
import type { OpenFile, Stat, Time } from '../../files.js';
import type { Format } from '../../formats/format.js';
import { openDirectory } from '../../system/directory.js';
import { readTree } from '../../tree/read-tree.js';
import { type Entry, type Tree, treeOf } from '../../tree/tree.js';

/** A copy at one moment. */
interface Copy {
  readonly tree: Tree;
  /** What each path is: what was made anew has another inode number, what was changed another ctime. */
  readonly stats: ReadonlyMap<Bytes, Stat>;
}

export class CopiedBranches {
  readonly #loaded: ReadonlyMap<Bytes, Tree>;
  readonly #own: Bytes | undefined;
  #below: Tree = new Map();
  /** An inode number is not given to another directory as long as this one is open. */
  #held: readonly OpenFile[] = [];
  #start: Copy = { tree: new Map(), stats: new Map() };

  /** @param branches as they were built; their paths will show copies. */
  constructor(branches: readonly Branch[], format: Format) {
    this.#loaded = new Map(branches.map(({ path }) => [path, format.interpret(copyAt(path).tree)]));
    this.#own = branches.find(isWritable)?.path;
  }

  /** @param copy what the layers below show: the container's copy before anything of its own is in it. */
  beginAbove(copy: Bytes): void {
    this.#below = copyAt(copy).tree;
  }

  /** @param copy what the container begins with. */
  beginWith(copy: Bytes): void {
    this.#start = copyAt(copy);
    const files = openDirectory(copy);
    const directories = [...this.#start.tree.values()].filter(({ kind }) => kind === 'directory');
    this.#held = directories.map(({ path }) => files.open(path, ['O_PATH', 'O_DIRECTORY']));
  }

  end(): void {
    for (const directory of this.#held) directory.close();
  }

  /** What a branch has in it, markers explained; the path is one of the branches'. */
  read(path: Bytes): Tree {
    const now = copyAt(path);
    const loaded = this.#loaded.get(path) ?? new Map();
    return treeOf(path === this.#own ? this.#ownIn(now, loaded) : keptIn(now.tree, loaded));
  }

  #ownIn(now: Copy, loaded: Tree): readonly Entry[] {
    const isSame = (path: Bytes) => now.stats.get(path)?.ino === this.#start.stats.get(path)?.ino;
    const isChanged = (path: Bytes) =>
      !isSame(path) || !isAt(now.stats.get(path)?.ctime, this.#start.stats.get(path)?.ctime);
    const isOpaque = ({ path, kind }: Entry) =>
      kind === 'directory' && (isSame(path) ? loaded.get(path)?.opaque === true : this.#below.has(path));
    const opaque = new Set([...now.tree.values()].filter(isOpaque).map(({ path }) => path));
    const isHidden = (path: Bytes): boolean => {
      const above = parentOf(path);
      return opaque.has(above) || (above !== '' && isHidden(above));
    };
    const own = [...now.tree.values()].filter(({ path }) => loaded.has(path) || isChanged(path));
    const whiteouts = [...this.#below.values(), ...keptWhiteouts(loaded)].filter(
      ({ path }) =>
        !now.tree.has(path) && now.tree.get(parentOf(path))?.kind === 'directory' && !isHidden(path),
    );
    const found = [...own, ...whiteouts.map(whiteoutOf)];
    const ways = found.flatMap(({ path }) => waysTo(path)).flatMap((path) => now.tree.get(path) ?? []);
    return [...ways, ...found].map((entry) => (opaque.has(entry.path) ? { ...entry, opaque: true } : entry));
  }
}

function copyAt(path: Bytes): Copy {
  const files = openDirectory(path);
  const { tree } = readTree(files);
  const stats = [...tree.keys()].map((each): [Bytes, Stat | undefined] => [each, files.lookup(each)]);
  return {
    tree,
    stats: new Map(stats.flatMap(([each, stat]) => (stat === undefined ? [] : [[each, stat]]))),
  };
}

function isAt(one: Time | undefined, other: Time | undefined): boolean {
  return one?.seconds === other?.seconds && one?.nanoseconds === other?.nanoseconds;
}

/** Of what was loaded what is still there; what hides something leaves no trace in a copy. */
function keptIn(copy: Tree, loaded: Tree): readonly Entry[] {
  const kept = [...loaded.values()].flatMap(({ path, opaque }) => {
    const found = copy.get(path);
    return found === undefined ? [] : [opaque === true ? { ...found, opaque } : found];
  });
  return [...kept, ...keptWhiteouts(loaded).filter(({ path }) => !copy.has(path))];
}

function keptWhiteouts(loaded: Tree): readonly Entry[] {
  return [...loaded.values()].filter(({ kind }) => kind === 'whiteout');
}

function whiteoutOf({ path }: Entry): Entry {
  const mtime = { seconds: 0, nanoseconds: 0 };
  return { path, kind: 'whiteout', mode: 0, uid: 0, gid: 0, nlink: 1, mtime, attributes: {} };
}

/** The directories that a path leads through, with the root. */
function waysTo(path: Bytes): readonly Bytes[] {
  return path === '' ? [] : [parentOf(path), ...waysTo(parentOf(path))];
}
