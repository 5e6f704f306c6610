import type { Bytes } from '../bytes.js';
import type { AllocateMode, DirectoryEntry, Kind, OpenFile, OpenFlag, Stat, Times } from '../files.js';
import { type Errno, SystemError } from '../system/errno.js';
import type { Place } from './entry.js';

/** What an open file asks of its union. */
export interface OpenFileOwner {
  /** Makes the file's inode writable: copies the first `bytes` bytes of its content up, if need be. */
  bringUp(file: UnionFile, bytes?: number): void;
  statOfFile(file: UnionFile, stat: Stat): Stat;
  openPlace(place: Place, flags: readonly OpenFlag[]): OpenFile;
  isWritable(branch: number): boolean;
  listOpen(file: UnionFile): DirectoryEntry[];
  closed(file: UnionFile): void;
}

/** Flags that matter only while a file is being opened. */
const onlyOnce: readonly OpenFlag[] = ['O_CREAT', 'O_EXCL', 'O_TRUNC', 'O_TMPFILE'];
const accessModes: readonly OpenFlag[] = ['O_RDONLY', 'O_WRONLY', 'O_RDWR'];

export function accessOf(flags: readonly OpenFlag[]): { readonly read: boolean; readonly write: boolean } {
  const write = flags.includes('O_WRONLY') || flags.includes('O_RDWR');
  return { write, read: !flags.includes('O_WRONLY') };
}

/**
 * An open file description of the union. As in aufs it stays where its inode is: opened for
 * writing in a read-only branch it only reads there until something is written; when the
 * inode is copied up, whoever did it, it goes along, so that a reader sees later writes.
 */
export class UnionFile implements OpenFile {
  readonly ino: string;
  readonly kind: Kind;
  /** A name of it in the union, as long as it has the one it was opened by. */
  path: Bytes | undefined;
  home: Place;
  readonly flags: readonly OpenFlag[];
  readonly #owner: OpenFileOwner;
  #opened: OpenFile | undefined;

  constructor(
    owner: OpenFileOwner,
    inode: {
      readonly ino: string;
      readonly kind: Kind;
      readonly path: Bytes | undefined;
      readonly home: Place;
    },
    flags: readonly OpenFlag[],
    file?: OpenFile | 'later',
  ) {
    this.#owner = owner;
    this.ino = inode.ino;
    this.kind = inode.kind;
    this.path = inode.path;
    this.home = inode.home;
    this.flags = flags.filter((flag) => !onlyOnce.includes(flag));
    this.#opened = file === 'later' ? undefined : (file ?? this.#openAt(this.home, flags));
  }

  get #file(): OpenFile {
    this.#opened ??= this.#openAt(this.home, this.flags);
    return this.#opened;
  }

  #openAt(home: Place, flags: readonly OpenFlag[]): OpenFile {
    return this.#owner.openPlace(home, this.#flagsAt(home, flags));
  }

  /** Only a regular file of a read-only branch is opened with less than was asked for. */
  #flagsAt(home: Place, flags: readonly OpenFlag[]): readonly OpenFlag[] {
    if (this.kind !== 'file' || this.#owner.isWritable(home.branch)) return flags;
    return ['O_RDONLY', ...flags.filter((flag) => !accessModes.includes(flag) && !onlyOnce.includes(flag))];
  }

  /** The inode is at another place now. */
  moveTo(home: Place): void {
    const file = this.#openAt(home, this.flags);
    this.#opened?.close();
    this.#opened = file;
    this.home = home;
  }

  /** Needed for mmap(2) and locks, which go by inode: so it is one of the inode that stays. */
  get descriptor(): number | undefined {
    if (this.kind === 'directory') return undefined as unknown as number;
    try {
      if (this.kind === 'file' && !this.flags.includes('O_PATH')) this.#owner.bringUp(this);
    } catch (failure) {
      if (!(failure instanceof SystemError && failure.errno === 'EROFS')) throw failure;
    }
    return this.#file.descriptor;
  }

  /** The file as its branch has it; where it is changes when the inode is copied up. */
  forReading(): OpenFile {
    return this.#file;
  }

  /**
   * The same in a branch that can be written to, whoever may write; `bytes`: how much of the
   * content is still needed.
   */
  forWriting(bytes?: number): OpenFile {
    this.#owner.bringUp(this, bytes);
    return this.#file;
  }

  stat(): Stat {
    return this.#owner.statOfFile(this, this.#file.stat());
  }

  read(offset: number, length: number): Buffer {
    if (!accessOf(this.flags).read || this.flags.includes('O_PATH')) throw new SystemError('EBADF', 'read');
    return this.#file.read(offset, length);
  }

  write(offset: number, data: Buffer): number {
    return this.#written('EBADF').write(offset, data);
  }

  truncate(size: number): void {
    this.#written('EINVAL', size).truncate(size);
  }

  allocate(mode: AllocateMode, offset: number, length: number): void {
    this.#written('EBADF').allocate(mode, offset, length);
  }

  setMode(mode: number): void {
    this.#changed().setMode(mode);
  }

  setOwner(uid: number, gid: number): void {
    this.#changed().setOwner(uid, gid);
  }

  setTimes(times: Times): void {
    this.#changed().setTimes(times);
  }

  seek(to: 'data' | 'hole', offset: number): number | undefined {
    return this.#file.seek(to, offset);
  }

  list(): DirectoryEntry[] {
    if (this.flags.includes('O_PATH')) throw new SystemError('EBADF', 'getdents');
    if (this.kind !== 'directory') throw new SystemError('ENOTDIR', 'getdents');
    return this.#owner.listOpen(this);
  }

  sync(): void {
    this.#file.sync();
  }

  /** Not yet known to the union, which has to be asked for it. */
  reopen(flags: readonly OpenFlag[]): UnionFile {
    const { ino, kind, path, home } = this;
    const file = this.#file.reopen?.(this.#flagsAt(home, flags));
    return new UnionFile(this.#owner, { ino, kind, path, home }, flags, file);
  }

  close(): void {
    this.#opened?.close();
    this.#owner.closed(this);
  }

  #written(refusal: Errno, bytes?: number): OpenFile {
    const isPath = this.flags.includes('O_PATH');
    if (!accessOf(this.flags).write || isPath) throw new SystemError(isPath ? 'EBADF' : refusal, 'write');
    if (this.kind === 'file') this.#owner.bringUp(this, bytes);
    return this.#file;
  }

  #changed(): OpenFile {
    if (this.flags.includes('O_PATH')) throw new SystemError('EBADF', 'fchmod');
    this.#owner.bringUp(this);
    return this.#file;
  }
}
