/** MKNOD, MKDIR, SYMLINK, CREATE, TMPFILE: what makes an inode. */
import { errnoOf, SystemError } from '../system/errno.js';
import { deviceOf, kindOfMode } from '../system/stat.js';
import type { NewEntry } from '../union/creation.js';
import type { Entry } from '../union/entry.js';
import type { UnionFile } from '../union/open-file.js';
import { creatorOf, ownerIn } from './callers.js';
import { fileOpenFlags, handleOf } from './content.js';
import type { Door } from './door.js';
import { checkName, made, tell } from './names.js';
import type { Node } from './node.js';
import type { Caller, Of } from './request.js';

const O_EXCL = 0o200;
const DEFAULT_LIST = 'system.posix_acl_default';

export function makeNode(door: Door, caller: Caller, operation: Of<'mknod'>): number {
  const kind = kindOfMode(operation.mode);
  if (kind === 'directory' || kind === 'symlink') throw new SystemError('EINVAL', 'mknod');
  const mode = modeIn(door, caller, operation);
  return make(door, caller, operation, { kind, mode, device: deviceOf(operation.device) });
}

export function makeDirectory(door: Door, caller: Caller, operation: Of<'mkdir'>): number {
  const { nodes, engine } = door;
  const directory = nodes.entryOf(nodes.get(caller.node));
  const mode = creatorOf(engine, caller).modeOfDirectory(directory, modeIn(door, caller, operation));
  return make(door, caller, operation, { kind: 'directory', mode });
}

export function makeSymlink(door: Door, caller: Caller, operation: Of<'symlink'>): number {
  return make(door, caller, operation, { kind: 'symlink', target: operation.target });
}

function make(door: Door, caller: Caller, { name }: { name: Of<'mkdir'>['name'] }, entry: NewEntry): number {
  checkName(name);
  const { engine, nodes } = door;
  const directory = nodes.get(caller.node);
  const parent = nodes.entryOf(directory);
  engine.make(parent, name, entry, ownerIn(door, caller, parent));
  return tell(door, directory, name, made(door, directory, name));
}

/** open(2) with O_CREAT of a name that was not there when the kernel looked. */
export function create(door: Door, caller: Caller, operation: Of<'create'>): number {
  const { name } = operation;
  checkName(name);
  const { engine, nodes } = door;
  const directory = nodes.get(caller.node);
  const { file, entry } = createOrOpen(door, caller, directory, operation);
  const node = nodes.named(directory, name, entry);
  node.lookups += 1;
  const opened = handleOf(door, node, file, operation.flags);
  return door.reply.created(node.id, engine.statOf(entry), opened);
}

/** Somebody may have been faster: then it is opened, unless O_EXCL forbids it. */
function createOrOpen(
  door: Door,
  caller: Caller,
  directory: Node,
  operation: Of<'create'>,
): { readonly file: UnionFile; readonly entry: Entry } {
  const { engine, nodes } = door;
  const { name, flags } = operation;
  const parent = nodes.entryOf(directory);
  try {
    const mode = modeIn(door, caller, operation);
    return engine.createEntry(parent, name, fileOpenFlags(flags), mode, ownerIn(door, caller, parent));
  } catch (failure) {
    const existing = errnoOf(failure) === 'EEXIST' ? engine.lookup(parent, name) : undefined;
    if (existing === undefined || (flags & O_EXCL) !== 0) throw failure;
    const file = engine.open(existing, fileOpenFlags(flags));
    return { file, entry: made(door, directory, name) };
  }
}

/** open(2) with O_TMPFILE. */
export function createUnnamed(door: Door, caller: Caller, operation: Of<'tmpfile'>): number {
  const { engine, nodes } = door;
  const parent = nodes.entryOf(nodes.get(caller.node));
  const flags = [...fileOpenFlags(operation.flags), 'O_TMPFILE'] as const;
  const file = engine.openUnnamed(parent, flags, modeIn(door, caller, operation));
  const owner = ownerIn(door, caller, parent);
  if (owner !== undefined) file.setOwner(owner.uid, owner.gid);
  const stat = file.stat();
  const node = nodes.unnamed({ ino: stat.ino, stat });
  node.lookups = 1;
  node.kept = engine.reopen(file, ['O_PATH']);
  return door.reply.created(node.id, stat, handleOf(door, node, file, operation.flags));
}

/** umask(2) has no effect in a directory with a default access control list (acl(5)). */
function modeIn(
  { engine, nodes }: Door,
  { node }: Caller,
  { mode, umask }: { readonly mode: number; readonly umask: number },
): number {
  const bits = mode & 0o7777;
  if ((umask & bits) === 0) return bits;
  const directory = nodes.entryOf(nodes.get(node));
  const isAlone = engine.version !== undefined;
  const known = isAlone ? withDefaultList.get(directory) : undefined;
  const isListed = known ?? engine.listAttributes(directory).some((name) => name === DEFAULT_LIST);
  if (isAlone) withDefaultList.set(directory, isListed);
  return isListed ? bits : bits & ~umask;
}

/** By the entry of a directory, which is another one as soon as its attributes change. */
const withDefaultList = new WeakMap<Entry, boolean>();
