import type { Bytes } from '../bytes.js';
import type { Entry } from '../union/entry.js';
import type { UnionFile } from '../union/open-file.js';
import type { Backing } from './pass-through.js';

/** One name of a node. */
export interface NodeName {
  readonly directory: Node;
  readonly name: Bytes;
}

const notWatched: readonly number[] = [];
const noNames: readonly NodeName[] = [];

/**
 * What the kernel knows by number: an inode of the union, with the names it was looked up by. A
 * directory has one name, a file may have several, and what was deleted while it is in use none.
 */
export class Node {
  readonly id: number;
  /** Inode number in the union. */
  readonly ino: string;
  readonly isDirectory: boolean;
  names: readonly NodeName[] = noNames;
  /** What was looked up in a directory; also what the kernel has forgotten but something below it has not. */
  readonly children: Map<Bytes, Node> | undefined;
  /** Names of a directory that the kernel was told are not there, and may remember. */
  readonly absent: Set<Bytes> | undefined;
  /** How often the kernel was told of it, less how often it has forgotten it. */
  lookups = 0;
  /** Of a directory: its entry, and the generation of the union it was looked up in. */
  entry: Entry | undefined;
  generation = -1;
  /** Of a file: the branch it was found in, and the version of the union that was so in (`known-places.ts`). */
  branch = -1;
  version = -1;
  /** How often it is open as usual: read and written through this process, and the kernel's cache. */
  usualOpens = 0;
  /** Of a file that others may change in its branch: the ctime when it was last opened; milliseconds. */
  changed: number | undefined;
  /** Whether the kernel was told the content when it was opened for the first time (`first-content.ts`). */
  content: 'untold' | 'told' | 'not to be told' = 'untold';
  /** What the kernel works on by itself instead. */
  backing: Backing | undefined;
  /** Its names lead to another node now: this one is for who has it open. */
  isSplit = false;
  /** The directories of branches that are watched for it, and the generation they were looked up in. */
  watches: readonly number[] = notWatched;
  watchedIn = -1;
  /** Open without a name, so that it can still be looked at. */
  kept: UnionFile | undefined;

  constructor(id: number, ino: string, isDirectory: boolean) {
    this.id = id;
    this.ino = ino;
    this.isDirectory = isDirectory;
    this.children = isDirectory ? new Map() : undefined;
    this.absent = isDirectory ? new Set() : undefined;
  }

  addName(directory: Node, name: Bytes): void {
    directory.children?.set(name, this);
    const added = { directory, name };
    // An array that something is pushed to takes room for seventeen.
    this.names = this.names.length === 0 ? [added] : [...this.names, added];
  }

  removeName(directory: Node, name: Bytes): void {
    const index = this.names.findIndex((known) => known.directory === directory && known.name === name);
    if (index < 0) return;
    this.names = this.names.toSpliced(index, 1);
    this.entry = undefined;
    if (directory.children?.get(name) === this) directory.children.delete(name);
  }
}
