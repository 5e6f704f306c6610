/**
 * How an implementation marks, inside a branch, what a plain file tree cannot say: a name
 * that is hidden (whiteout) and a directory that hides what is below it (opaque).
 */
import type { Bytes } from '../bytes.js';
import type { Files } from '../files.js';
import type { Tree } from '../tree/tree.js';

export interface Format {
  readonly name: string;
  /** The tree with each marker replaced by what it means, and the implementation's own bookkeeping left out. */
  interpret(branch: Tree): Tree;
  /** Marks a name as hidden in a branch that is not mounted. */
  whiteOut(branch: Files, path: Bytes): void;
  /** Removes the marker of a name from a branch, behind the union's back. @throws SystemError ENOENT. */
  removeWhiteout(branch: Files, path: Bytes): void;
  /** Marks a directory of a branch that is not mounted as opaque. */
  makeOpaque(branch: Files, path: Bytes): void;
}
