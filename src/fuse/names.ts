/** LOOKUP, FORGET, UNLINK, RMDIR, RENAME, LINK: what names lead to. */
import type { Bytes } from '../bytes.js';
import type { RenameMode } from '../files.js';
import { SystemError } from '../system/errno.js';
import { isReserved } from '../union/bookkeeping.js';
import { type Entry, isDirectory } from '../union/entry.js';
import type { UnionFile } from '../union/open-file.js';
import type { Door } from './door.js';
import type { Node } from './node.js';
import type { Caller, Of } from './request.js';

const NAME = 255;

/** linux/fs.h */
const renameModes: ReadonlyMap<number, RenameMode> = new Map([
  [0, 'replace'],
  [1, 'no-replace'],
  [2, 'exchange'],
  [4, 'whiteout'],
]);

/** A name that a union can have. @throws SystemError EPERM, ENAMETOOLONG */
export function checkName(name: Bytes): void {
  if (isReserved(name)) throw new SystemError('EPERM', 'walk', name);
  if (name.length > NAME) throw new SystemError('ENAMETOOLONG', 'walk');
}

export function lookUp(door: Door, { node }: Caller, { name }: Of<'lookup'>): number {
  const { engine, nodes, reply } = door;
  checkName(name);
  const directory = nodes.get(node);
  const entry = engine.lookup(nodes.entryOf(directory), name);
  if (entry !== undefined) return tell(door, directory, name, entry);
  const gone = directory.children?.get(name);
  if (gone !== undefined) nodes.unname(gone, directory, name);
  return reply.isRemembered && nodes.isAbsent(directory, name) ? reply.noEntry() : reply.error('ENOENT');
}

/** Answers with an entry, which the kernel then knows once more. */
export function tell({ engine, nodes, reply }: Door, directory: Node, name: Bytes, entry: Entry): number {
  const node = nodes.named(directory, name, entry);
  node.lookups += 1;
  return reply.entry(node.id, engine.statOf(node.entry ?? entry));
}

/** The entry of a name that was just made. @throws SystemError ESTALE when somebody has taken it away again */
export function made({ engine, nodes }: Door, directory: Node, name: Bytes): Entry {
  const entry = engine.lookup(nodes.entryOf(directory), name);
  if (entry === undefined) throw new SystemError('ESTALE', 'create', name);
  return entry;
}

export function forget({ nodes, reply }: Door, _: Caller, operation: Of<'forget'>): number {
  for (const { node, count } of operation.nodes) nodes.forget(node, count);
  return reply.none();
}

export function link(door: Door, caller: Caller, { existing, name }: Of<'link'>): number {
  const { engine, nodes } = door;
  checkName(name);
  const directory = nodes.get(caller.node);
  const node = nodes.get(existing);
  const entry = nodes.find(node);
  const parent = nodes.entryOf(directory);
  if (entry !== undefined) engine.link(entry, parent, name);
  else if (node.kept !== undefined) engine.linkUnnamed(node.kept, parent, name);
  else throw new SystemError('ESTALE', 'link');
  return tell(door, directory, name, made(door, directory, name));
}

export function unlink(door: Door, { node }: Caller, { name }: Of<'unlink'>): number {
  const directory = door.nodes.get(node);
  const parent = door.nodes.entryOf(directory);
  const entry = existing(door, parent, name);
  leaving(door, directory, name, entry, () => door.engine.unlink(parent, entry));
  return door.reply.empty();
}

export function removeDirectory(door: Door, { node }: Caller, { name }: Of<'rmdir'>): number {
  const directory = door.nodes.get(node);
  const parent = door.nodes.entryOf(directory);
  const entry = existing(door, parent, name);
  leaving(door, directory, name, entry, () => door.engine.removeDirectory(parent, entry));
  return door.reply.empty();
}

export function rename(door: Door, { node }: Caller, operation: Of<'rename'>): number {
  const { engine, nodes, reply } = door;
  const { from, to, flags } = operation;
  const mode = renameModes.get(flags);
  if (mode === undefined) throw new SystemError('EINVAL', 'rename');
  checkName(to);
  const directory = nodes.get(node);
  const target = nodes.get(operation.directory);
  const parent = nodes.entryOf(directory);
  const entry = existing(door, parent, from);
  const newParent = nodes.entryOf(target);
  const old = engine.lookup(newParent, to);
  const doIt = () => {
    engine.rename(parent, entry, { directory: newParent, name: to, entry: old }, mode);
    if (old?.ino !== entry.ino) nodes.move(directory, from, target, to, mode === 'exchange');
  };
  if (old === undefined || mode !== 'replace' || old.ino === entry.ino) doIt();
  else leaving(door, target, to, old, doIt);
  return reply.empty();
}

function existing({ engine }: Door, directory: Entry, name: Bytes): Entry {
  const entry = isReserved(name) ? undefined : engine.lookup(directory, name);
  if (entry === undefined) throw new SystemError('ENOENT', 'lookup', name);
  return entry;
}

/**
 * Does what takes a name away. When it was the last that the kernel knows, the inode is kept open
 * before, for what it may still be asked about it.
 */
function leaving(door: Door, directory: Node, name: Bytes, entry: Entry, remove: () => void): void {
  const { engine, nodes } = door;
  const node = directory.children?.get(name);
  const isLast = node !== undefined && node.names.length === 1;
  const kept: UnionFile | undefined = isLast
    ? engine.open(entry, ['O_PATH', 'O_NOFOLLOW'], 'when needed')
    : undefined;
  try {
    remove();
  } catch (failure) {
    kept?.close();
    throw failure;
  }
  if (node === undefined) return;
  const isGone = isDirectory(entry) || entry.stat.nlink < 2;
  if (kept !== undefined) nodes.keep(node, kept, isGone);
  nodes.unname(node, directory, name);
}
