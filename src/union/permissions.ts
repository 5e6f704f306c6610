/** What the kernel asks before an operation (path_resolution(7), credentials(7), inode(7)). */
import type { Identity, Stat } from '../files.js';
import { type Errno, SystemError } from '../system/errno.js';
import { ACCESS_LIST, isMember, listAllows, parseAccessList } from './access-control.js';
import type { Engine } from './engine.js';
import type { Entry } from './entry.js';
import { isDirectory } from './entry.js';

export const READ = 4;
export const WRITE = 2;
export const SEARCH = 1;

const SET_UID = 0o4000;
const SET_GID = 0o2000;
const STICKY = 0o1000;

/** The process itself. */
export function ownIdentity(): Identity {
  return {
    uid: process.geteuid?.() ?? 0,
    gid: process.getegid?.() ?? 0,
    groups: process.getgroups?.() ?? [],
  };
}

/** Checks what a caller may do in a union. */
export class Permissions {
  readonly caller: Identity;
  readonly #engine: Engine;

  constructor(engine: Engine, caller: Identity) {
    this.#engine = engine;
    this.caller = caller;
  }

  get isRoot(): boolean {
    return this.caller.uid === 0;
  }

  /** CAP_SYS_ADMIN is of the process: acting on files as somebody else does not take it away (setfsuid(2)). */
  get isAdministrator(): boolean {
    return ownIdentity().uid === 0;
  }

  /** Whether the permission bits, or the access control list, allow all of `wanted`. */
  allows(entry: Entry, wanted: number): boolean {
    const { stat } = entry;
    if (this.isRoot) return (wanted & SEARCH) === 0 || isDirectory(entry) || (stat.mode & 0o111) !== 0;
    if (this.caller.uid === stat.uid) return ((stat.mode >> 6) & wanted) === wanted;
    const list = (stat.mode & 0o070) === 0 ? undefined : this.#listOf(entry);
    if (list !== undefined) return listAllows(parseAccessList(list), this.caller, stat.gid, wanted);
    const bits = isMember(this.caller, stat.gid) ? stat.mode >> 3 : stat.mode;
    return (bits & wanted) === wanted;
  }

  #listOf(entry: Entry): Buffer | undefined {
    try {
      return this.#engine.listAttributes(entry).includes(ACCESS_LIST)
        ? this.#engine.getAttribute(entry, ACCESS_LIST)
        : undefined;
    } catch {
      return undefined;
    }
  }

  /** @throws SystemError EACCES */
  require(entry: Entry, wanted: number, call: string): void {
    if (!this.allows(entry, wanted)) throw new SystemError('EACCES', call, entry.path);
  }

  /** @throws SystemError EROFS for what would have to be written in a union that cannot be. */
  requireWritable(call: string, path = ''): void {
    if (this.#engine.readOnly) throw new SystemError('EROFS', call, path);
  }

  /** For names to come, go or change in a directory. @throws SystemError EACCES */
  requireChange(directory: Entry, call: string): void {
    this.require(directory, WRITE | SEARCH, call);
  }

  /** In a sticky directory an entry is taken away only by its owner or the directory's. @throws SystemError EPERM */
  requireRemoval(directory: Entry, entry: Entry, call: string): void {
    this.requireChange(directory, call);
    if ((directory.stat.mode & STICKY) === 0 || this.isRoot) return;
    if (this.caller.uid === entry.stat.uid || this.caller.uid === directory.stat.uid) return;
    throw new SystemError('EPERM', call, entry.path);
  }

  /**
   * Files of others are linked to only by who may read and write them anyway (proc(5),
   * protected_hardlinks, which distributions switch on). @throws SystemError EPERM
   */
  requireLink(entry: Entry): void {
    const { stat } = entry;
    if (this.isOwner(stat)) return;
    const isPrivileged = (stat.mode & SET_UID) !== 0 || (stat.mode & (SET_GID | 0o010)) === (SET_GID | 0o010);
    if (stat.kind === 'file' && !isPrivileged && this.allows(entry, READ | WRITE)) return;
    throw new SystemError('EPERM', 'link', entry.path);
  }

  isOwner(stat: Stat): boolean {
    return this.isRoot || this.caller.uid === stat.uid;
  }

  /** @throws SystemError */
  requireOwner(stat: Stat, call: string, errno: Errno = 'EPERM'): void {
    if (!this.isOwner(stat)) throw new SystemError(errno, call);
  }

  /** chown(2): an owner may give a file to a group of his own. @throws SystemError EPERM */
  requireChown(stat: Stat, uid: number, gid: number): void {
    if (this.isRoot) return;
    // chown(2) to what it is takes the set-user-ID bit away, and that is the owner's to do.
    if (!this.isOwner(stat) && this.modeAfterChown(stat) !== undefined)
      throw new SystemError('EPERM', 'chown');
    const keepsOwner = uid === -1 || (uid === stat.uid && this.caller.uid === stat.uid);
    const ownGroup =
      gid === -1 || (this.caller.uid === stat.uid && (gid === stat.gid || isMember(this.caller, gid)));
    if (!keepsOwner || !ownGroup) throw new SystemError('EPERM', 'chown');
  }

  /** chmod(2) of a file whose group the caller is not in takes the set-group-ID bit away. */
  modeFor(stat: Stat, mode: number): number {
    return this.isRoot || isMember(this.caller, stat.gid) ? mode : mode & ~SET_GID;
  }

  /** What is left of a mode when somebody else than root writes to the file; undefined: all of it. */
  modeAfterWrite(stat: Stat): number | undefined {
    return stat.kind === 'file' ? this.modeAfterChown(stat) : undefined;
  }

  /** The same of chown(2), which takes the bits away from all but directories. */
  modeAfterChown({ kind, mode, gid }: Stat): number | undefined {
    if (this.isRoot || kind === 'directory' || (mode & (SET_UID | SET_GID)) === 0) return undefined;
    const keepsGroup = (mode & 0o010) === 0 && isMember(this.caller, gid);
    const dropped = SET_UID | (keepsGroup ? 0 : SET_GID);
    return (mode & dropped) === 0 ? undefined : mode & ~dropped;
  }

  /** A new entry belongs to the caller, and to the group of a set-group-ID directory (inode(7)). */
  ownerIn(directory: Entry): { readonly uid: number; readonly gid: number } {
    const inherits = (directory.stat.mode & SET_GID) !== 0;
    return { uid: this.caller.uid, gid: inherits ? directory.stat.gid : this.caller.gid };
  }

  /** mkdir(2) takes no set-group-ID bit from the caller, only from the directory. */
  modeOfDirectory(directory: Entry, mode: number): number {
    return (mode & 0o1777) | (directory.stat.mode & SET_GID);
  }
}
