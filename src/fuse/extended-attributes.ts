/** SETXATTR, GETXATTR, LISTXATTR, REMOVEXATTR; permissions are the kernel's business (xattr(7)). */
import type { AttributeMode } from '../files.js';
import { SystemError } from '../system/errno.js';
import { ACCESS_LIST } from '../union/access-control.js';
import type { Entry } from '../union/entry.js';
import { answerControl, isControl, obey } from './control.js';
import type { Door } from './door.js';
import { ACL_KILL_SGID } from './protocol.js';
import type { Caller, Of } from './request.js';

const SET_GID = 0o2000;
/** sys/xattr.h */
const modes: readonly AttributeMode[] = ['set', 'create', 'replace'];

export function getAttribute(door: Door, caller: Caller, { name, size }: Of<'getxattr'>): number {
  const value = isControl(caller, name)
    ? answerControl(door, name)
    : door.engine.getAttribute(entryOf(door, caller), name);
  return answer(door, value, size);
}

/** Only root sees that there are trusted attributes; the kernel leaves that to the file system. */
export function listAttributes(door: Door, caller: Caller, { size }: Of<'listxattr'>): number {
  const names = door.engine.listAttributes(entryOf(door, caller));
  const shown = names.filter((name) => caller.uid === 0 || !name.startsWith('trusted.'));
  return answer(door, Buffer.from(shown.map((name) => `${name}\0`).join(''), 'latin1'), size);
}

export function setAttribute(door: Door, caller: Caller, operation: Of<'setxattr'>): number {
  const { engine, nodes, reply } = door;
  const { name, value, flags, extraFlags } = operation;
  if (isControl(caller, name)) {
    obey(door, caller, value);
    return reply.empty();
  }
  const mode = modes[flags];
  if (mode === undefined) throw new SystemError('EINVAL', 'setxattr');
  engine.setAttribute(entryOf(door, caller), name, value, mode);
  const node = nodes.get(caller.node);
  if (node.isDirectory) nodes.changed(node);
  if (name === ACCESS_LIST && (extraFlags & ACL_KILL_SGID) !== 0) dropGroupBit(door, entryOf(door, caller));
  return reply.empty();
}

/** The list has just changed the mode. */
function dropGroupBit({ engine }: Door, entry: Entry): void {
  const mode = engine.refreshed(entry)?.stat.mode ?? 0;
  if ((mode & SET_GID) !== 0) engine.setMode(entry, mode & ~SET_GID);
}

export function removeAttribute(door: Door, caller: Caller, { name }: Of<'removexattr'>): number {
  door.engine.removeAttribute(entryOf(door, caller), name);
  const node = door.nodes.get(caller.node);
  if (node.isDirectory) door.nodes.changed(node);
  return door.reply.empty();
}

function entryOf({ nodes }: Door, { node }: Caller): Entry {
  return nodes.entryOf(nodes.get(node));
}

/** Size 0 asks how much there is. @throws SystemError ERANGE */
function answer({ reply }: Door, value: Buffer, size: number): number {
  if (size === 0) return reply.count(value.length);
  if (value.length > size) throw new SystemError('ERANGE', 'getxattr');
  value.copy(reply.body);
  return reply.data(value.length);
}
