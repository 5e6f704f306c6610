import { SystemError } from '../system/errno.js';
import type { Listed } from '../union/listing.js';
import { accessOf, type UnionFile } from '../union/open-file.js';
import type { Node } from './node.js';
import type { Backing } from './pass-through.js';

export interface FileHandle {
  readonly kind: 'file';
  readonly node: Node;
  readonly file: UnionFile;
  /** What the kernel works on without asking. */
  readonly backing?: Backing | undefined;
}

/** What was in a directory, and the generation and version of the union then. */
export interface Listing {
  readonly names: readonly Listed[];
  readonly generation: number;
  readonly version: number | undefined;
}

export interface DirectoryHandle {
  readonly kind: 'directory';
  readonly node: Node;
  /** What it is read from: made anew when it is read from its beginning. */
  listing: Listing | undefined;
}

export type Handle = FileHandle | DirectoryHandle;

/** What is open, by the numbers that the kernel was given for it. */
export class Handles {
  readonly #handles: (Handle | undefined)[] = [];
  /** Numbers that the kernel has given back. */
  readonly #free: number[] = [];

  add(handle: Handle): number {
    const number = this.#free.pop() ?? this.#handles.length;
    this.#handles[number] = handle;
    return number;
  }

  /** @throws SystemError EBADF */
  file(number: number): FileHandle {
    const handle = this.#handles[number];
    if (handle?.kind !== 'file') throw new SystemError('EBADF', 'handle');
    return handle;
  }

  /** @throws SystemError EBADF */
  directory(number: number): DirectoryHandle {
    const handle = this.#handles[number];
    if (handle?.kind !== 'directory') throw new SystemError('EBADF', 'handle');
    return handle;
  }

  /** What is open of a file. */
  filesOf(node: Node): readonly UnionFile[] {
    return this.#handles.flatMap((handle) =>
      handle?.kind === 'file' && handle.node === node ? [handle.file] : [],
    );
  }

  /** Whether the node is open for writing. */
  isWritten(node: Node): boolean {
    return this.filesOf(node).some(({ flags }) => accessOf(flags).write);
  }

  /** @returns what it was. */
  remove(number: number): Handle | undefined {
    const handle = this.#handles[number];
    if (handle === undefined) return undefined;
    this.#handles[number] = undefined;
    this.#free.push(number);
    if (handle.kind === 'file') handle.file.close();
    return handle;
  }
}
