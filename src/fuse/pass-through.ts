/**
 * Reading and writing without this process: the kernel works on a file of a branch by itself
 * (FUSE_PASSTHROUGH, Linux 6.9). It does so for an inode or it does not, as long as that is open;
 * and which file it works on cannot be changed. A file of the writable branch stays where it is. One
 * of a read-only branch has to move when it is written to: so it goes on as another node then, and
 * who has it open for reading goes on reading what it was.
 */
import type { Bytes } from '../bytes.js';
import { closeBacking, openBacking } from '../system/fuse-device.js';
import type { Place } from '../union/entry.js';
import type { UnionFile } from '../union/open-file.js';
import type { Door } from './door.js';
import type { Node } from './node.js';
import { isForReading } from './protocol.js';

/** Bytes of a file for which reading it is worth two more system calls. */
const WORTHWHILE = 1 << 16;

/** What the kernel works on for a node, for as many as have it open. */
export interface Backing {
  readonly id: number;
  /** The directory of its branch, whose index may change. */
  readonly branch: Bytes | undefined;
  readonly isWritable: boolean;
  opens: number;
}

export class PassThrough {
  readonly #device: number;
  readonly isWanted: boolean;
  #isAllowed = false;
  #writable = 0;

  constructor(device: number, isWanted: boolean) {
    this.#device = device;
    this.isWanted = isWanted;
  }

  /** The kernel knows how. */
  agree(): void {
    this.#isAllowed = this.isWanted;
  }

  /** Whether the kernel may be writing to a branch: as long as that is so, branches stay what they are. */
  get isWriting(): boolean {
    return this.#writable > 0;
  }

  /** What the kernel shall work on for who is opening the file; undefined: it asks as usual. */
  begin(door: Door, node: Node, file: UnionFile, flags: number): Backing | undefined {
    const { backing } = node;
    if (backing === undefined) return this.#open(door, node, file, flags);
    backing.opens += 1;
    return backing;
  }

  #open(door: Door, node: Node, file: UnionFile, flags: number): Backing | undefined {
    if (!this.#isAllowed || node.usualOpens > 0) return undefined;
    const { branch } = file.home;
    const isWritable = door.engine.isWritable(branch);
    if (isWritable && !door.engine.isOnlyWritable(branch)) return undefined;
    if (!isWritable && (!isForReading(flags) || node.content === 'told')) return undefined;
    const branchFile = file.forReading();
    if (branchFile.descriptor === undefined) return undefined;
    if (isForReading(flags) && branchFile.stat().size < WORTHWHILE) return undefined;
    const id = openBacking(this.#device, branchFile.descriptor);
    if (id === 'not allowed') this.#isAllowed = false;
    if (typeof id !== 'number') return undefined;
    node.backing = { id, branch: branchOf(door, file.home), isWritable, opens: 1 };
    if (isWritable) this.#writable += 1;
    return node.backing;
  }

  end(node: Node, backing: Backing): void {
    backing.opens -= 1;
    if (backing.opens > 0) return;
    closeBacking(this.#device, backing.id);
    if (backing.isWritable) this.#writable -= 1;
    node.backing = undefined;
  }
}

/** Whether who opens a node would see something else than the kernel works on for those who have it open. */
export function isLeftBehind(door: Door, node: Node, home: Place | undefined, flags: number): boolean {
  const { backing, isSplit } = node;
  if (isSplit) return true;
  if (backing === undefined) return false;
  const isShared = backing.isWritable || isForReading(flags);
  return !isShared || branchOf(door, home) !== backing.branch;
}

function branchOf({ union }: Door, home: Place | undefined): Bytes | undefined {
  return home === undefined ? undefined : union.branches[home.branch]?.path;
}
