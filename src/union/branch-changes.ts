import type { BranchMode } from '../backend.js';
import { SystemError } from '../system/errno.js';
import { Attributes } from './attributes.js';
import { prepareBookkeeping } from './bookkeeping.js';
import { rootOf } from './branch-roots.js';
import { branchAt, type UnionBranch } from './branches.js';
import { type Root, recallCopies, rememberCopies } from './inode-memory.js';
import { accessOf, type UnionFile } from './open-file.js';

/**
 * Changes the branches of a union that goes on. Pseudo-links are settled before, so that none
 * stands for names in a branch that goes; entries that were looked up before are void after it.
 */
export abstract class BranchChanges extends Attributes {
  /** Makes the bookkeeping entries of a writable branch, and knows the copies in it again. */
  protected beginWriting(branch: number): void {
    const files = this.files(branch);
    prepareBookkeeping(files);
    for (const { ino, number, path } of recallCopies(files, this.roots())) {
      this.inodes.keep(branch, ino, number, path);
    }
  }

  /** Leaves a branch so that another mount can go on with it. */
  protected endWriting(branch: number): void {
    rememberCopies(this.files(branch), this.inodes.copiesIn(branch), this.roots());
  }

  /** What tells the branches apart at another mount, where they may be others. */
  protected roots(): readonly Root[] {
    return this.branches.map((branch, index) => ({
      digits: this.inodes.digitsOf(index),
      identity: rootOf(branch),
    }));
  }

  insertBranch(at: number, branch: UnionBranch): void {
    const index = Math.max(0, Math.min(at, this.branches.length));
    if (branch.mode === 'rw') prepareBookkeeping(branch.files); // while its failure changes nothing
    this.settlePseudoLinks();
    this.inodes.insertBranch(index, this.branches.length);
    this.useBranches(this.branches.toSpliced(index, 0, branch));
    this.renumber((old) => (old >= index ? old + 1 : old));
    if (this.isWritable(index)) this.beginWriting(index);
  }

  /** @throws SystemError EBUSY for the last branch, and for one that something is open in. */
  removeBranch(at: number): void {
    if (this.branches.length === 1) throw new SystemError('EBUSY', 'remount');
    const open = this.openIn(at);
    const others = open.map((file) => this.elsewhere(file, at));
    if (others.includes(undefined)) throw new SystemError('EBUSY', 'remount');
    this.settlePseudoLinks();
    if (this.isWritable(at)) this.endWriting(at);
    for (const [index, file] of open.entries()) {
      const branch = others[index];
      if (branch !== undefined) file.moveTo({ branch, path: file.home.path });
    }
    this.inodes.removeBranch(at, this.branches.length);
    this.useBranches(this.branches.toSpliced(at, 1));
    this.renumber((old) => (old > at ? old - 1 : old));
  }

  /** An open directory can go on in the next branch that has it; an open file cannot. */
  protected elsewhere({ kind, path }: UnionFile, branch: number): number | undefined {
    if (kind !== 'directory' || path === undefined) return undefined;
    return this.resolve(path)?.parts.find((part) => part !== branch);
  }

  setBranchMode(at: number, mode: BranchMode): void {
    for (const file of this.openIn(at)) file.forReading(); // while it certainly is there
    if (mode === 'rw') prepareBookkeeping(this.files(at));
    this.settlePseudoLinks();
    if (this.isWritable(at)) this.endWriting(at);
    const branch = { ...branchAt(this.branches, at), mode };
    this.useBranches(this.branches.with(at, branch));
    if (!this.isWritable(at)) return;
    this.beginWriting(at);
    for (const file of this.openIn(at)) this.openForWriting(file);
  }

  /** What was opened for writing only reads in a read-only branch. What cannot be opened again goes on like that. */
  protected openForWriting(file: UnionFile): void {
    if (file.kind !== 'file' || !accessOf(file.flags).write) return;
    try {
      file.moveTo(file.home);
    } catch (failure) {
      if (!(failure instanceof SystemError)) throw failure;
    }
  }
}
