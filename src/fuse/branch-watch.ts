import type { Bytes } from '../bytes.js';
import { hiddenBy, isLongMarker, OPAQUE_MARKER, WHITEOUT_PREFIX } from '../formats/dot-wh.js';
import { SystemError } from '../system/errno.js';
import type { WatchEvent, Watches } from '../system/watches.js';
import type { DirectoryUnion } from '../union/directory-union.js';
import { type Entry, isDirectory } from '../union/entry.js';
import type { Node } from './node.js';
import type { DirectoryWatch, Nodes } from './nodes.js';
import type { Notifications } from './notifications.js';
import type { Reply } from './reply.js';

interface Changed {
  readonly listings: Set<Node>;
  readonly attributes: Set<Node>;
}

/**
 * `udba=notify`: every directory that the kernel knows is watched in each branch that it comes from, so that
 * the kernel may remember it, and is told when somebody changes a branch directly. What the union does itself
 * is heard of too, and mostly found to be what the kernel knows.
 */
export class BranchWatch implements DirectoryWatch {
  readonly #watches: Watches;
  readonly #directories = new Map<number, Node>();
  readonly #union: DirectoryUnion;
  readonly #nodes: Nodes;
  readonly #notifications: Notifications;
  readonly #reply: Reply;

  constructor(
    watches: Watches,
    union: DirectoryUnion,
    nodes: Nodes,
    notifications: Notifications,
    reply: Reply,
  ) {
    this.#watches = watches;
    this.#union = union;
    this.#nodes = nodes;
    this.#notifications = notifications;
    this.#reply = reply;
  }

  /** Readable when there is something to hear. */
  get descriptor(): number {
    return this.#watches.descriptor;
  }

  begin(directory: Node, { path, parts }: Entry): boolean {
    const { generation } = this.#union.engine;
    if (directory.watchedIn === generation) return false;
    directory.watchedIn = generation;
    const before = directory.watches;
    const watches = parts.flatMap((part) => this.#add(part, path));
    for (const watch of before) if (!watches.includes(watch)) this.#remove(watch, directory);
    for (const watch of watches) this.#directories.set(watch, directory);
    directory.watches = watches;
    return watches.some((watch) => !before.includes(watch));
  }

  #add(part: number, path: Bytes): readonly number[] {
    const branch = this.#union.branches[part];
    const watched = branch && this.#watches.add(branch.path, path);
    if (watched?.kind === 'watched') return [watched.watch];
    if (watched?.errno !== 'ENOENT' && watched?.errno !== 'ENOTDIR') this.#giveUp(watched?.errno ?? '');
    return [];
  }

  /** What is watched already stays so; from now on nothing more is remembered. */
  #giveUp(errno: string): void {
    if (!this.#reply.isRemembered) return;
    this.#reply.beForgotten();
    process.stderr.write(
      `union-mount: a directory cannot be watched (${errno}): names are looked up each time from now on; sysctl fs.inotify.max_user_watches says how many can be\n`,
    );
  }

  end(directory: Node): void {
    for (const watch of directory.watches) this.#remove(watch, directory);
    directory.watches = [];
    directory.watchedIn = -1;
  }

  #remove(watch: number, directory: Node): void {
    if (this.#directories.get(watch) !== directory) return;
    this.#directories.delete(watch);
    this.#watches.remove(watch);
  }

  /** Tells the kernel what has changed since. */
  hear(): void {
    const changed: Changed = { listings: new Set<Node>(), attributes: new Set<Node>() };
    for (const event of this.#watches.read()) this.#take(event, changed);
    for (const node of changed.listings) this.#notifications.listingChanged(node);
    for (const node of changed.attributes) this.#notifications.attributesChanged(node);
  }

  #take(event: WatchEvent, changed: Changed): void {
    if (event.kind === 'overflow') return this.#everythingChanged(changed);
    const directory = this.#directories.get(event.watch);
    if (directory === undefined) return;
    changed.listings.add(directory);
    if (event.kind === 'end') {
      this.#directories.delete(event.watch);
      directory.watchedIn = -1;
      return this.#allNamesChanged(directory); // another one in its place is watched when it is looked up
    }
    const what = meantBy(event.name);
    if (what.kind === 'all') return this.#allNamesChanged(directory);
    if (what.kind === 'nothing') return;
    const child = directory.children?.get(what.name);
    if (child !== undefined) changed.attributes.add(child);
    if (event.kind === 'name') this.#nameChanged(directory, what.name);
  }

  /** Nothing is said of a name that leads to what the kernel was told: mostly the union itself has changed it. */
  #nameChanged(directory: Node, name: Bytes): void {
    const known = directory.children?.get(name);
    const before = known?.entry;
    const entry = this.#lookUp(directory, name);
    const isSame = known && entry ? this.#nodes.isStill(known, entry) : known === entry;
    const parts = known?.isDirectory === true ? String(before?.parts) : undefined;
    if (isSame && (parts === undefined || parts === String(entry?.parts))) return;
    if (known?.isDirectory === true || (entry && isDirectory(entry))) this.#union.engine.forgetDirectories();
    this.#notifications.nameChanged(directory, name);
    if (known !== undefined) this.#notifications.nodesChanged(this.#nodes.below(known));
  }

  #lookUp(directory: Node, name: Bytes): Entry | undefined {
    try {
      const entry = this.#nodes.find(directory);
      return entry && this.#union.engine.lookup(entry, name);
    } catch (failure) {
      if (failure instanceof SystemError) return undefined;
      throw failure;
    }
  }

  /** A directory shows other branches than before. */
  #allNamesChanged(directory: Node): void {
    this.#union.engine.forgetDirectories();
    this.#notifications.nodesChanged(this.#nodes.below(directory));
  }

  #everythingChanged({ attributes }: Changed): void {
    this.#union.engine.forgetDirectories();
    this.#notifications.nodesChanged(this.#nodes.all());
    for (const node of this.#nodes.all()) attributes.add(node);
  }
}

type Meant =
  | { readonly kind: 'name'; readonly name: Bytes }
  | { readonly kind: 'all' }
  | { readonly kind: 'nothing' };

/** What an entry of a branch is about: a marker is about others. */
function meantBy(name: Bytes): Meant {
  if (!name.startsWith(WHITEOUT_PREFIX)) return { kind: 'name', name };
  if (name === OPAQUE_MARKER || isLongMarker(name)) return { kind: 'all' };
  const hidden = hiddenBy(name, () => name);
  return hidden === undefined ? { kind: 'nothing' } : { kind: 'name', name: hidden };
}
