import type { AllocateMode, DirectoryEntry, OpenFile, Stat, Times } from '../files.js';
import type { UnionFile } from './open-file.js';
import type { Permissions } from './permissions.js';

/** An open file of the in-process door: asks who acts at each call, as the kernel does. */
export class InProcessFile implements OpenFile {
  readonly #file: UnionFile;
  readonly #permissions: () => Permissions;

  constructor(file: UnionFile, permissions: () => Permissions) {
    this.#file = file;
    this.#permissions = permissions;
  }

  get descriptor(): number | undefined {
    return this.#file.descriptor;
  }

  stat(): Stat {
    return this.#file.stat();
  }

  read(offset: number, length: number): Buffer {
    return this.#file.read(offset, length);
  }

  write(offset: number, data: Buffer): number {
    const written = this.#file.write(offset, data);
    if (data.length > 0) this.#dropPrivilegedBits();
    return written;
  }

  truncate(size: number): void {
    this.#file.truncate(size);
    this.#dropPrivilegedBits();
  }

  allocate(mode: AllocateMode, offset: number, length: number): void {
    this.#file.allocate(mode, offset, length);
    this.#dropPrivilegedBits();
  }

  setMode(mode: number): void {
    const permissions = this.#permissions();
    const stat = this.#file.stat();
    permissions.requireOwner(stat, 'fchmod');
    this.#file.setMode(permissions.modeFor(stat, mode));
  }

  setOwner(uid: number, gid: number): void {
    this.#permissions().requireChown(this.#file.stat(), uid, gid);
    this.#file.setOwner(uid, gid);
  }

  setTimes(times: Times): void {
    if (times.atime === undefined && times.mtime === undefined) return;
    this.#permissions().requireOwner(this.#file.stat(), 'futimens');
    this.#file.setTimes(times);
  }

  seek(to: 'data' | 'hole', offset: number): number | undefined {
    return this.#file.seek(to, offset);
  }

  list(): DirectoryEntry[] {
    return this.#file.list();
  }

  sync(): void {
    this.#file.sync();
  }

  close(): void {
    this.#file.close();
  }

  /** The branch is written to by this process; the kernel would see the caller. */
  #dropPrivilegedBits(): void {
    const permissions = this.#permissions();
    if (permissions.isRoot) return;
    const mode = permissions.modeAfterWrite(this.#file.stat());
    if (mode !== undefined) this.#file.setMode(mode);
  }
}
