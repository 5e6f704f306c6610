import type { Files } from '../files.js';
import { Attributes } from './attributes.js';
import { prepareBookkeeping } from './bookkeeping.js';
import type { UnionBranch } from './branches.js';
import { recallCopies, rememberCopies } from './inode-memory.js';

/**
 * The union file system itself, with the semantics of aufs(5). Its operations are on an entry
 * that was looked up, or on a name in a directory that was looked up; it walks no paths,
 * follows no symbolic links and checks no permissions: that is the business of the door it is
 * reached through (`in-process.ts`).
 *
 * It is built in layers, each a class with one idea that knows the ones before it: lookup,
 * listing, whiteouts, placement, open files, copy-up, pseudo-links, opening, creation, removal,
 * rename, attributes. Every rule is a protected method of its layer and written there once.
 */
export class Engine extends Attributes {
  /** Makes the bookkeeping entries in the writable branches, and repairs what a crash left behind. */
  mount(): void {
    this.eachWritable((files, branch) => {
      prepareBookkeeping(files);
      for (const { ino, number, path } of recallCopies(files)) this.inodes.keep(branch, ino, number, path);
    });
    this.settlePseudoLinks();
  }

  unmount(): void {
    this.closeAll();
    if (this.hasPseudoLinks) this.settlePseudoLinks();
    this.eachWritable((files, branch) => rememberCopies(files, this.inodes.copiesIn(branch)));
  }

  protected eachWritable(operation: (files: Files, branch: number) => void): void {
    for (const [branch, { files }] of this.branches.entries()) {
      if (this.isWritable(branch)) operation(files, branch);
    }
  }
}

/** An engine, or one that breaks a rule. */
export type EngineClass = new (branches: readonly UnionBranch[]) => Engine;
