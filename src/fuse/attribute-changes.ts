/** SETATTR: chmod(2), chown(2), truncate(2), utimensat(2), and a write's effect on set-user-ID files. */
import type { OpenFlag, Stat, Times } from '../files.js';
import { SystemError } from '../system/errno.js';
import { accessOf, type UnionFile } from '../union/open-file.js';
import { dropPrivileges, permissionsOf } from './callers.js';
import type { Door } from './door.js';
import { statOf } from './inodes.js';
import type { Node } from './node.js';
import { setFlags } from './protocol.js';
import type { Caller, Of, SetTime } from './request.js';

const SET_GID = 0o2000;

export function setAttributes(door: Door, caller: Caller, operation: Of<'setattr'>): number {
  const node = door.nodes.get(caller.node);
  const { valid } = operation;
  const has = (flag: number) => (valid & flag) !== 0;
  const stat = () => statOf(door, node);
  const target = targetOf(door, node, operation);
  try {
    if ((valid & changes) === 0) touch(door, caller, node, target, stat());
    if (has(setFlags.uid | setFlags.gid)) {
      const uid = has(setFlags.uid) ? operation.uid : -1;
      const gid = has(setFlags.gid) ? operation.gid : -1;
      giveTo(door, caller, target, stat(), uid, gid);
    }
    if (has(setFlags.mode)) target.setMode(operation.mode & 0o7777);
    if (has(setFlags.size)) {
      target.truncate(operation.size);
      if (has(setFlags.killPrivileges)) dropPrivileges(door, caller, target, stat());
    }
    const times = timesOf(operation);
    if (times.atime !== undefined || times.mtime !== undefined) target.setTimes(times);
  } finally {
    target.done();
  }
  if (node.isDirectory) door.nodes.changed(node);
  return door.reply.attributes(stat());
}

/**
 * A change of nothing: set-user-ID and set-group-ID bits go. Either somebody writes to the file, or it
 * is chown(2) of -1 and -1, which to a file with such bits only its owner may do. The kernel says the
 * same of both, but nobody writes to a file that is not open for it.
 */
function touch(door: Door, caller: Caller, node: Node, target: Target, stat: Stat): void {
  const permissions = permissionsOf(door.engine, caller);
  const isWrite = !permissions.isOwner(stat) && door.handles.isWritten(node);
  if (isWrite) dropPrivileges(door, caller, target, stat);
  else {
    permissions.requireChown(stat, -1, -1);
    giveTo(door, caller, target, stat, -1, -1);
  }
}

/** The group bit of a file that its group cannot execute goes by who asks; the branch sees only this process. */
function giveTo(door: Door, caller: Caller, target: Target, stat: Stat, uid: number, gid: number): void {
  target.setOwner(uid, gid);
  if ((stat.mode & SET_GID) === 0 || caller.uid === 0) return;
  const left = permissionsOf(door.engine, caller).modeAfterChown(stat);
  if (left !== undefined) target.setMode(left);
}

const changes = setFlags.uid | setFlags.gid | setFlags.mode | setFlags.size | setFlags.atime | setFlags.mtime;

type Target = Pick<UnionFile, 'setOwner' | 'setMode' | 'truncate' | 'setTimes'> & { done(): void };

/** The file that is open, the entry of the name, or what is still open of a file without a name. */
function targetOf(door: Door, node: Node, { valid, handle }: Of<'setattr'>): Target {
  const { engine, nodes, handles } = door;
  if ((valid & setFlags.handle) !== 0) {
    const { file } = handles.file(handle);
    if (accessOf(file.flags).write) return whileOpen(file, () => {});
  }
  const entry = nodes.find(node);
  if (entry === undefined) return reopened(door, node, (valid & setFlags.size) !== 0);
  // One change may copy up, so each looks where the inode is then.
  const now = () => nodes.find(node) ?? entry;
  return {
    setOwner: (uid, gid) => engine.setOwner(now(), uid, gid),
    setMode: (mode) => engine.setMode(now(), mode),
    truncate: (size) => engine.truncate(now(), size),
    setTimes: (times) => engine.setTimes(now(), times),
    done: () => {},
  };
}

function reopened({ engine }: Door, { kept }: Node, isWritten: boolean): Target {
  if (kept === undefined) throw new SystemError('ESTALE', 'setattr');
  const flags: OpenFlag[] = isWritten ? ['O_RDWR'] : ['O_RDONLY', 'O_NONBLOCK'];
  const file = engine.reopen(kept, flags);
  return whileOpen(file, () => file.close());
}

function whileOpen(file: UnionFile, done: () => void): Target {
  return {
    setOwner: (uid, gid) => file.setOwner(uid, gid),
    setMode: (mode) => file.setMode(mode),
    truncate: (size) => file.truncate(size),
    setTimes: (times) => file.setTimes(times),
    done,
  };
}

function timesOf({ valid, atime, mtime }: Of<'setattr'>): Times {
  const time = (set: number, now: number, value: SetTime): Times['atime'] => {
    if ((valid & set) === 0) return undefined;
    return (valid & now) === 0 ? value : 'now';
  };
  const times = {
    atime: time(setFlags.atime, setFlags.atimeNow, atime),
    mtime: time(setFlags.mtime, setFlags.mtimeNow, mtime),
  };
  return {
    ...(times.atime !== undefined && { atime: times.atime }),
    ...(times.mtime !== undefined && { mtime: times.mtime }),
  };
}
