import type { Bytes } from '../bytes.js';
import { SystemError } from '../system/errno.js';
import type { Engine } from '../union/engine.js';
import { type Entry, isDirectory } from '../union/entry.js';
import type { UnionFile } from '../union/open-file.js';
import { keepPlace, knownFile } from './known-places.js';
import { Node } from './node.js';
import { ROOT_NODE } from './protocol.js';

export interface DirectoryWatch {
  /** Watches what the directory consists of; whether it was not watched before. */
  begin(directory: Node, entry: Entry): boolean;
  end(directory: Node): void;
}

/** How many names of one directory the kernel remembers not to be there. */
const ABSENT = 4000;

/**
 * The nodes that the kernel knows. A node is an inode: all names of a file lead to one, so that
 * what the kernel remembers of it is right under each of them.
 */
export class Nodes {
  readonly #engine: Engine;
  readonly #nodes = new Map<number, Node>();
  /** By inode number, as long as the number is not given to another file. */
  readonly #inodes = new Map<string, Node>();
  readonly #root: Node;
  /** Where symbolic links lead: the kernel asks once for each node. */
  readonly #targets = new WeakMap<Node, Bytes>();
  #last = ROOT_NODE;
  /** Who watches the branches for changes by others, if somebody does. */
  watch: DirectoryWatch | undefined;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#root = new Node(ROOT_NODE, engine.root().ino, true);
    this.#nodes.set(ROOT_NODE, this.#root);
    this.#inodes.set(this.#root.ino, this.#root);
  }

  all(): Iterable<Node> {
    return this.#nodes.values();
  }

  /** A node, with what is known below it. */
  *below(node: Node): Iterable<Node> {
    yield node;
    for (const child of node.children?.values() ?? []) yield* this.below(child);
  }

  /** Whether the kernel may remember that a name is not there, which is then known here too. */
  isAbsent({ absent }: Node, name: Bytes): boolean {
    if (absent === undefined || (absent.size >= ABSENT && !absent.has(name))) return false;
    absent.add(name);
    return true;
  }

  /** @throws SystemError ESTALE for a number that nothing goes by. */
  get(id: number): Node {
    const node = this.#nodes.get(id);
    if (node === undefined) throw stale();
    return node;
  }

  /**
   * The entry of a node as it is now. @throws SystemError ESTALE when it has no name any more, or
   * its name is of something else now: then the kernel looks the name up again.
   */
  entryOf(node: Node): Entry {
    const entry = this.find(node);
    if (entry === undefined) throw stale();
    return entry;
  }

  /** The same, or undefined. Its inode may have changed since; `Engine.refreshed` tells. */
  find(node: Node): Entry | undefined {
    if (!node.isDirectory) return this.#findFile(node);
    if (node.entry !== undefined && node.generation === this.#engine.generation) return node.entry;
    const lookUp = () => (node === this.#root ? this.#engine.root() : this.#lookUp(node));
    const entry = lookUp();
    return entry === undefined ? undefined : this.#keepEntry(node, entry, lookUp);
  }

  #findFile(node: Node): Entry | undefined {
    const known = knownFile(node, this.#engine, (directory) => this.find(directory));
    if (known !== undefined) return known;
    const entry = this.#lookUp(node);
    if (entry !== undefined) keepPlace(node, entry, this.#engine);
    return entry;
  }

  /** Where a symbolic link leads, which the kernel goes by from then on. @throws SystemError as `entryOf`; EINVAL */
  targetOf(node: Node): Bytes {
    const target = this.#engine.readLink(this.entryOf(node));
    this.#targets.set(node, target);
    return target;
  }

  /**
   * Whether an entry is what the kernel knows by this node. A branch gives the number of what was deleted
   * to what is made next: of a file the kernel sees that it has changed, of a symbolic link it does not.
   */
  isStill(node: Node, entry: Entry): boolean {
    if (node.ino !== entry.ino || node.isDirectory !== isDirectory(entry)) return false;
    const target = this.#targets.get(node);
    return target === undefined || target === this.#targetNow(entry);
  }

  #targetNow(entry: Entry): Bytes | undefined {
    try {
      return entry.stat.kind === 'symlink' ? this.#engine.readLink(entry) : undefined;
    } catch (failure) {
      if (failure instanceof SystemError) return undefined; // gone since it was looked up
      throw failure;
    }
  }

  #lookUp({ names, ino, isDirectory: isDirectoryNode }: Node): Entry | undefined {
    for (const { directory, name } of names) {
      const entry = this.#lookUpIn(directory, name);
      // A directory is its name: its number may change with the branches.
      if (entry !== undefined && (isDirectoryNode ? isDirectory(entry) : entry.ino === ino)) return entry;
    }
    return undefined;
  }

  #lookUpIn(directory: Node, name: Bytes): Entry | undefined {
    const parent = this.find(directory);
    return parent === undefined ? undefined : this.#engine.lookup(parent, name);
  }

  /** What has changed before it is watched is seen by looking again. */
  #keepEntry(node: Node, entry: Entry, again: () => Entry | undefined): Entry {
    node.entry = this.watch?.begin(node, entry) === true ? (again() ?? entry) : entry;
    node.generation = this.#engine.generation;
    return node.entry;
  }

  /** What is kept of a directory is not so any more. */
  changed(node: Node): void {
    node.entry = undefined;
  }

  /** The node of an entry that was just looked up. */
  named(directory: Node, name: Bytes, entry: Entry): Node {
    const known = directory.children?.get(name);
    directory.absent?.delete(name);
    const isSame = known !== undefined && this.isStill(known, entry);
    const node = isSame ? known : this.#takeName(directory, name, entry, known);
    if (node.isDirectory) this.#keepEntry(node, entry, () => this.#lookUpIn(directory, name));
    else keepPlace(node, entry, this.#engine);
    return node;
  }

  #takeName(directory: Node, name: Bytes, entry: Entry, known: Node | undefined): Node {
    if (known !== undefined) this.unname(known, directory, name);
    const found = this.#inodes.get(entry.ino);
    const isSame = found !== undefined && this.isStill(found, entry) && found.kept?.stat().nlink !== 0;
    const node = isSame ? found : this.unnamed(entry);
    if (node.isDirectory) for (const old of [...node.names]) node.removeName(old.directory, old.name);
    node.addName(directory, name);
    this.#release(node);
    return node;
  }

  /** A new node without a name. */
  unnamed(inode: Pick<Entry, 'ino' | 'stat'>): Node {
    this.#last += 1;
    const node = new Node(this.#last, inode.ino, inode.stat.kind === 'directory');
    this.#nodes.set(node.id, node);
    this.#inodes.set(node.ino, node);
    return node;
  }

  /** A name does not lead to the node any more. */
  unname(node: Node, directory: Node, name: Bytes): void {
    node.removeName(directory, name);
    this.#dropUnused(directory);
    this.#dropUnused(node);
  }

  /** The node loses its last name; once the inode `isGone`, its number may be given to another file. */
  keep(node: Node, kept: UnionFile, isGone: boolean): void {
    if (isGone && this.#inodes.get(node.ino) === node) this.#inodes.delete(node.ino);
    this.#release(node);
    node.kept = kept;
  }

  /** Its names lead to a new node from now on; who has it open stays with this one. */
  split(node: Node, kept: UnionFile): void {
    this.keep(node, kept, true);
    node.isSplit = true;
    for (const { directory, name } of [...node.names]) this.unname(node, directory, name);
  }

  /** The name is in another place now, in exchange for what was there or instead of it. */
  move(from: Node, name: Bytes, to: Node, newName: Bytes, exchanged: boolean): void {
    const node = from.children?.get(name);
    const other = to.children?.get(newName);
    node?.removeName(from, name);
    other?.removeName(to, newName);
    node?.addName(to, newName);
    if (exchanged) other?.addName(from, name);
    for (const changed of [other, from, to]) if (changed !== undefined) this.#dropUnused(changed);
  }

  /** The kernel has dropped `count` of the times it was told of a node. */
  forget(id: number, count: number): void {
    const node = this.#nodes.get(id);
    if (node === undefined || node === this.#root) return;
    node.lookups = Math.max(0, node.lookups - count);
    this.#dropUnused(node);
  }

  #dropUnused(node: Node): void {
    if (node.lookups > 0 || node === this.#root || (node.children?.size ?? 0) > 0) return;
    this.#nodes.delete(node.id);
    if (this.#inodes.get(node.ino) === node) this.#inodes.delete(node.ino);
    this.#release(node);
    if (node.isDirectory) this.watch?.end(node);
    for (const { directory, name } of [...node.names]) {
      node.removeName(directory, name);
      this.#dropUnused(directory);
    }
  }

  #release(node: Node): void {
    node.kept?.close();
    node.kept = undefined;
  }
}

function stale(): SystemError {
  return new SystemError('ESTALE', 'node');
}
