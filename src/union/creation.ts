import { type Bytes, join } from '../bytes.js';
import type { Device, Kind, OpenFlag } from '../files.js';
import { SystemError } from '../system/errno.js';
import { type Entry, isDirectory, type Place } from './entry.js';
import { UnionFile } from './open-file.js';
import { Opening } from './opening.js';

/** Whom a new entry belongs to; undefined: to whom the branch gives it. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export type NewEntry =
  | { readonly kind: 'directory'; readonly mode: number }
  | { readonly kind: 'symlink'; readonly target: Bytes }
  | {
      readonly kind: Exclude<Kind, 'directory' | 'symlink'>;
      readonly mode: number;
      readonly device?: Device;
    };

/** Makes new names; the caller has looked that they are not there. */
export abstract class Creation extends Opening {
  make(directory: Entry, name: Bytes, entry: NewEntry, owner?: Owner): void {
    this.arrive(
      directory,
      name,
      (place) => {
        const files = this.files(place.branch);
        if (entry.kind === 'directory') files.makeDirectory(place.path, entry.mode);
        else if (entry.kind === 'symlink') files.makeSymlink(place.path, entry.target);
        else files.makeNode(place.path, entry.kind, entry.mode, entry.device);
        this.giveTo(place, owner, entry.kind === 'symlink' ? 0 : entry.mode);
        if (entry.kind === 'directory') this.hideOldEntries(place, directory, name);
      },
      entry.kind === 'directory',
    );
    if (entry.kind === 'directory') this.directoriesCounted();
  }

  /** open(2) with O_CREAT, and mode 0 if need be: the file can be written to all the same. */
  create(directory: Entry, name: Bytes, flags: readonly OpenFlag[], mode: number, owner?: Owner): UnionFile {
    return this.createEntry(directory, name, flags, mode, owner).file;
  }

  /** The same, with the entry that it has now. */
  createEntry(
    directory: Entry,
    name: Bytes,
    flags: readonly OpenFlag[],
    mode: number,
    owner?: Owner,
  ): { readonly file: UnionFile; readonly entry: Entry } {
    return this.arrive(directory, name, (place) => {
      const own: OpenFlag[] = ['O_CREAT', 'O_EXCL'];
      const made = this.files(place.branch).open(place.path, [...flags, ...own], mode);
      this.giveTo(place, owner, mode);
      const entry = this.entry(place.path, place.branch, [place.branch], made.stat());
      return { file: this.opened(new UnionFile(this, entry, flags, made)), entry };
    });
  }

  /** link(2): in the branch of the inode, or, when that cannot be, in one it is copied up to. */
  link(entry: Entry, directory: Entry, name: Bytes): void {
    if (isDirectory(entry)) throw new SystemError('EPERM', 'link', entry.path);
    const branch = this.branchForArrival(directory, name, entry.home.branch);
    const source =
      entry.home.branch === branch ? entry.home : this.placeIn(branch, this.directoryOf(entry.path), entry);
    this.bringDirectory(branch, directory);
    const path = join(directory.path, name);
    this.files(branch).link(source.path, path);
    this.inodes.link(entry.ino, path);
    this.removeWhiteout(branch, path);
  }

  /** linkat(2) of what is open and has no name: it gets one in the branch it was made in. */
  linkUnnamed(file: UnionFile, directory: Entry, name: Bytes): void {
    const { branch } = file.home;
    if (!this.isWritable(branch)) throw new SystemError('ENOENT', 'link', name);
    this.bringDirectory(branch, directory);
    const path = join(directory.path, name);
    this.files(branch).linkOpen?.(file.forReading(), path);
    this.removeWhiteout(branch, path);
  }

  /** Puts something new at a name: it is there first, and then the whiteout goes. */
  protected arrive<T>(directory: Entry, name: Bytes, put: (place: Place) => T, isDirectory = false): T {
    const branch = this.branchForCreation(directory, name, isDirectory);
    const path = join(directory.path, name);
    this.bringDirectory(branch, directory);
    const made = put({ branch, path });
    this.removeWhiteout(branch, path);
    return made;
  }

  /** A directory in the place of a deleted one does not show what that had. */
  protected hideOldEntries({ branch, path }: Place, directory: Entry, name: Bytes): void {
    if (this.isVisibleBelow(branch, directory, name)) this.makeOpaque(branch, path);
  }

  /** A change of owner takes away the set-user-ID and set-group-ID bits of a file (chown(2)). */
  protected giveTo({ branch, path }: Place, owner: Owner | undefined, mode: number): void {
    if (owner === undefined) return;
    this.files(branch).setOwner(path, owner.uid, owner.gid);
    if ((mode & 0o6000) === 0) return;
    // What a default access control list has made of the other bits stays.
    const made = this.files(branch).lookup(path);
    if (made !== undefined) this.files(branch).setMode(path, made.mode | (mode & 0o6000));
  }
}
