/**
 * How a mounted union is told to change its branches: by attributes of its root that nobody can
 * list. So it needs no channel of its own, goes where the mount goes, and takes its turn among
 * the other requests.
 */
import type { Branch, BranchChange } from '../backend.js';
import type { Bytes } from '../bytes.js';
import type { Files } from '../files.js';
import { SystemError } from '../system/errno.js';
import type { Door } from './door.js';
import { ROOT_NODE } from './protocol.js';
import type { Caller } from './request.js';

/** To set: a change, in JSON. To get: the branches, in JSON. */
const BRANCHES = 'user.union.branches' as Bytes;
/** To get: the process that serves the union. */
const SERVER = 'user.union.server' as Bytes;
/** To get, when the kernel has forgotten what changed: to set holds a lock of the root that it needs for that. */
const SETTLED = 'user.union.settled' as Bytes;
const root = '' as Bytes;

/** Tells a mounted union. @throws SystemError as `Union.changeBranches` says; EOPNOTSUPP for what is none of ours. */
export function changeBranches(union: Files, change: BranchChange): void {
  try {
    serverOf(union);
  } catch {
    throw new SystemError('EOPNOTSUPP', 'remount');
  }
  union.setAttribute(root, BRANCHES, Buffer.from(JSON.stringify(change)), 'set');
  union.getAttribute(root, SETTLED);
}

/** Asks a mounted union. @throws SystemError ENODATA for what is no union of ours. */
export function branchesOf(union: Files): readonly Branch[] {
  return JSON.parse(union.getAttribute(root, BRANCHES).toString()) as readonly Branch[];
}

/** @returns its process id. @throws SystemError ENODATA for what is no union of ours. */
export function serverOf(union: Files): number {
  return Number(union.getAttribute(root, SERVER).toString());
}

/** Whether an attribute is one of these. */
export function isControl({ node }: Caller, name: Bytes): boolean {
  return node === ROOT_NODE && [BRANCHES, SERVER, SETTLED].includes(name);
}

export function answerControl({ union, notifications }: Door, name: Bytes): Buffer {
  if (name === SETTLED) notifications.settle();
  return Buffer.from(name === SERVER ? String(process.pid) : JSON.stringify(union.branches));
}

/** @throws SystemError EPERM for everybody but root and who has mounted the union; EBUSY while the kernel writes by itself. */
export function obey(door: Door, { uid }: Caller, value: Buffer): void {
  if (uid !== 0 && uid !== process.getuid?.()) throw new SystemError('EPERM', 'remount');
  const change = changeIn(value);
  if (door.passThrough.isWriting) throw new SystemError('EBUSY', 'remount');
  door.union.changeBranches(change);
  // What the kernel remembers is of other branches.
  if (door.reply.isRemembered) door.notifications.nodesChanged(door.nodes.all());
}

/** @throws SystemError EINVAL */
function changeIn(value: Buffer): BranchChange {
  try {
    return JSON.parse(value.toString()) as BranchChange;
  } catch {
    throw new SystemError('EINVAL', 'remount');
  }
}
