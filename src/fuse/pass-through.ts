/**
 * Reading without this process: the kernel reads an open file from a file of a branch by itself
 * (FUSE_PASSTHROUGH, Linux 6.9). It does so for an inode or it does not, as long as that is open;
 * and what it reads from cannot be changed. So a file that is written to goes on as another node,
 * and who has it open for reading goes on reading what it was.
 */
import { closeBacking, openBacking } from '../system/fuse-device.js';
import type { Place } from '../union/entry.js';
import type { UnionFile } from '../union/open-file.js';
import type { Door } from './door.js';
import type { Node } from './node.js';
import { isForReading } from './protocol.js';

/** Bytes of a file for which it is worth two more system calls. */
const WORTHWHILE = 1 << 16;

/** What the kernel reads a node from, for as many as have it open. */
export interface Backing {
  readonly id: number;
  readonly branch: number;
  opens: number;
}

export class PassThrough {
  readonly #device: number;
  readonly isWanted: boolean;
  #isAllowed = false;

  constructor(device: number, isWanted: boolean) {
    this.#device = device;
    this.isWanted = isWanted;
  }

  /** The kernel knows how. */
  agree(): void {
    this.#isAllowed = this.isWanted;
  }

  /** What the kernel shall read from for who is opening the file of a read-only branch; undefined: it asks as usual. */
  begin({ engine }: Pick<Door, 'engine'>, node: Node, file: UnionFile, flags: number): Backing | undefined {
    const { backing } = node;
    if (backing !== undefined) {
      backing.opens += 1;
      return backing;
    }
    if (!this.#isAllowed || !isForReading(flags) || node.usualOpens > 0) return undefined;
    if (engine.isWritable(file.home.branch)) return undefined;
    const branchFile = file.forReading();
    if (branchFile.descriptor === undefined || branchFile.stat().size < WORTHWHILE) return undefined;
    const id = openBacking(this.#device, branchFile.descriptor);
    if (id === 'not allowed') this.#isAllowed = false;
    if (typeof id !== 'number') return undefined;
    node.backing = { id, branch: file.home.branch, opens: 1 };
    return node.backing;
  }

  end(node: Node, backing: Backing): void {
    backing.opens -= 1;
    if (backing.opens > 0) return;
    closeBacking(this.#device, backing.id);
    node.backing = undefined;
  }
}

/** Whether who opens a node would see something else than the kernel reads for those who have it open. */
export function isLeftBehind({ backing, isSplit }: Node, home: Place | undefined, flags: number): boolean {
  if (isSplit) return true;
  return backing !== undefined && !(isForReading(flags) && home?.branch === backing.branch);
}
