import type { Bytes } from '../bytes.js';
import type { AttributeMode, FileSystemStat, Times } from '../files.js';
import { SystemError } from '../system/errno.js';
import type { Entry, Place } from './entry.js';
import { Rename } from './rename.js';

/** Reads and changes what is not content. Every change copies up first, also one to the same value. */
export abstract class Attributes extends Rename {
  readLink(entry: Entry): Bytes {
    return this.files(entry.home.branch).readLink(entry.home.path);
  }

  truncate(entry: Entry, size: number): void {
    const { branch, path } = this.writableCopy(entry, size);
    this.files(branch).truncate(path, size);
  }

  /** chmod(2); not of a symbolic link. */
  setMode(entry: Entry, mode: number): void {
    const { branch, path } = this.writableCopy(entry);
    this.files(branch).setMode(path, mode);
  }

  setOwner(entry: Entry, uid: number, gid: number): void {
    const { branch, path } = this.writableCopy(entry);
    this.files(branch).setOwner(path, uid, gid);
  }

  setTimes(entry: Entry, times: Times): void {
    const { branch, path } = this.writableCopy(entry);
    this.files(branch).setTimes(path, times);
  }

  getAttribute(entry: Entry, name: Bytes): Buffer {
    return this.files(entry.home.branch).getAttribute(entry.home.path, name);
  }

  listAttributes(entry: Entry): Bytes[] {
    return this.files(entry.home.branch).listAttributes(entry.home.path);
  }

  setAttribute(entry: Entry, name: Bytes, value: Buffer, mode: AttributeMode): void {
    const exists = () => this.listAttributes(entry).includes(name);
    if (mode === 'create' && exists()) throw new SystemError('EEXIST', 'setxattr', entry.path);
    if (mode === 'replace' && !exists()) throw new SystemError('ENODATA', 'setxattr', entry.path);
    this.changeAttribute(entry, ({ branch, path }) => {
      this.files(branch).setAttribute(path, name, value, mode);
    });
  }

  removeAttribute(entry: Entry, name: Bytes): void {
    this.getAttribute(entry, name); // ENODATA is no reason for a copy
    this.changeAttribute(entry, ({ branch, path }) => this.files(branch).removeAttribute(path, name));
  }

  protected changeAttribute(entry: Entry, change: (place: Place) => void): void {
    change(this.writableCopy(entry));
  }

  /** Of the branch that new entries go to. */
  statfs(): FileSystemStat {
    const writable = this.branches.findIndex((_, branch) => this.isWritable(branch));
    return this.files(Math.max(writable, 0)).statfs('' as Bytes);
  }
}
