import { BranchChanges } from './branch-changes.js';
import type { EngineOptions, UnionBranch } from './branches.js';

/**
 * The union file system itself, with the semantics of aufs(5). Its operations are on an entry
 * that was looked up, or on a name in a directory that was looked up; it walks no paths,
 * follows no symbolic links and checks no permissions: that is the business of the door it is
 * reached through: `in-process.ts`, or the kernel and `src/fuse/`.
 *
 * It is built in layers, each a class with one idea that knows the ones before it: lookup,
 * listing, whiteouts, placement, open files, copy-up, pseudo-links, opening, creation, removal,
 * rename, attributes, changes of branches. Every rule is a protected method of its layer and written there once.
 */
export class Engine extends BranchChanges {
  /** Makes the bookkeeping entries in the writable branches, and repairs what a crash left behind. */
  mount(): void {
    for (const branch of this.writable()) this.beginWriting(branch);
    this.settlePseudoLinks();
  }

  unmount(): void {
    this.closeAll();
    if (this.hasPseudoLinks) this.settlePseudoLinks();
    for (const branch of this.writable()) this.endWriting(branch);
  }
}

/** An engine, or one that breaks a rule. */
export type EngineClass = new (branches: readonly UnionBranch[], options?: EngineOptions) => Engine;
