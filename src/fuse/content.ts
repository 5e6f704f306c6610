/** OPEN, READ, WRITE, RELEASE and what else is done with the content of an open file. */
import type { OpenFlag } from '../files.js';
import { SystemError } from '../system/errno.js';
import { allocate, copyRange, readInto, seek, shareRange, syncData, writeFrom } from '../system/transfer.js';
import type { Entry } from '../union/entry.js';
import type { UnionFile } from '../union/open-file.js';
import { dropPrivileges } from './callers.js';
import type { Door } from './door.js';
import { tellContent } from './first-content.js';
import type { Node } from './node.js';
import { isLeftBehind } from './pass-through.js';
import {
  FSYNC_DATA,
  isForReading,
  OPEN_KILL_PRIVILEGES,
  openedFlags,
  WRITE_KILL_PRIVILEGES,
} from './protocol.js';
import type { Opened } from './reply.js';
import type { Caller, Of } from './request.js';

const accessModes: readonly OpenFlag[] = ['O_RDONLY', 'O_WRONLY', 'O_RDWR'];

const O_TRUNC = 0o1000;

/**
 * Of the flags of open(2) only the access mode and O_TRUNC are for the branch: the kernel says
 * where O_APPEND writes, goes round its own cache for O_DIRECT, and asks for what O_SYNC needs.
 */
export function fileOpenFlags(flags: number): readonly OpenFlag[] {
  const access = accessModes[flags & 3] ?? 'O_RDWR';
  return (flags & O_TRUNC) === 0 ? [access] : [access, 'O_TRUNC'];
}

export function open(door: Door, caller: Caller, { flags, extraFlags }: Of<'open'>): number {
  const { nodes } = door;
  const node = nodes.get(caller.node);
  const entry = nodes.find(node);
  if (isLeftBehind(door, node, entry?.home ?? node.kept?.home, flags)) return openAnother(door, node, entry);
  const isRemembered = isUnchanged(door, node, entry);
  const file = openNode(door, node, entry, flags);
  if ((extraFlags & OPEN_KILL_PRIVILEGES) !== 0) dropPrivileges(door, caller, file, file.stat());
  tellContent(door, node, file, flags);
  const opened = handleOf(door, node, file, flags);
  return door.reply.opened(isRemembered || opened.backing !== 0 ? opened : { ...opened, flags: 0 });
}

function openNode({ engine }: Door, node: Node, entry: Entry | undefined, flags: number): UnionFile {
  if (entry === undefined) return engine.reopen(stillOpen(node), fileOpenFlags(flags));
  // Who reads again does so from the kernel's memory, and who writes to a lower file writes to a copy.
  const isSeldomNeeded = node.content === 'told' || !isForReading(flags);
  return engine.open(entry, fileOpenFlags(flags), isSeldomNeeded ? 'when needed' : 'now');
}

/**
 * Whether the inode is as it was when it was opened before. The kernel forgets content when it sees another
 * size or mtime; whoever has changed a branch directly may have set that back, but not the ctime.
 */
function isUnchanged({ engine }: Door, node: Node, entry: Entry | undefined): boolean {
  if (entry === undefined || engine.version !== undefined) return true;
  const { seconds, nanoseconds } = entry.stat.ctime;
  const changed = seconds * 1000 + nanoseconds / 1e6;
  const isSame = node.changed === undefined || node.changed === changed;
  node.changed = changed;
  return isSame;
}

/** What the kernel shall know an open file by. */
export function handleOf(door: Door, node: Node, file: UnionFile, flags: number): Opened {
  const backing = door.passThrough.begin(door, node, file, flags);
  const handle = door.handles.add({ kind: 'file', node, file, backing });
  if (backing !== undefined) return { handle, flags: openedFlags.passthrough, backing: backing.id };
  node.usualOpens += 1;
  return { handle, flags: openedFlags.keepCache, backing: 0 };
}

/** The kernel looks the name up again then, and finds another node. */
function openAnother({ engine, nodes }: Door, node: Node, entry: Entry | undefined): never {
  if (entry !== undefined) nodes.split(node, engine.open(entry, ['O_PATH', 'O_NOFOLLOW']));
  throw new SystemError('ESTALE', 'open');
}

function stillOpen({ kept }: Node): UnionFile {
  if (kept === undefined) throw new SystemError('ESTALE', 'open');
  return kept;
}

export function read({ handles, reply }: Door, _: Caller, { handle, offset, size }: Of<'read'>): number {
  const descriptor = descriptorOf(handles.file(handle).file.forReading());
  return reply.data(readInto(descriptor, reply.body, size, offset));
}

export function write(door: Door, caller: Caller, operation: Of<'write'>): number {
  const { handles, reply } = door;
  const { file } = handles.file(operation.handle);
  const count = writeFrom(descriptorOf(file.forWriting()), operation.data, operation.offset);
  if ((operation.flags & WRITE_KILL_PRIVILEGES) !== 0) dropPrivileges(door, caller, file, file.stat());
  return reply.count(count);
}

export function release({ handles, passThrough, reply }: Door, _: Caller, { handle }: Of<'release'>): number {
  const released = handles.remove(handle);
  if (released?.kind === 'file') {
    const { node, backing } = released;
    if (backing !== undefined) passThrough.end(node, backing);
    else node.usualOpens -= 1;
  }
  return reply.empty();
}

export function sync({ handles, reply }: Door, _: Caller, { handle, flags }: Of<'fsync'>): number {
  const file = handles.file(handle).file.forReading();
  if ((flags & FSYNC_DATA) === 0) file.sync();
  else syncData(descriptorOf(file));
  return reply.empty();
}

export function allocateSpace({ handles, reply }: Door, _: Caller, operation: Of<'fallocate'>): number {
  const { handle, mode, offset, length } = operation;
  allocate(descriptorOf(handles.file(handle).file.forWriting()), mode, offset, length);
  return reply.empty();
}

export function seekIn({ handles, reply }: Door, _: Caller, operation: Of<'lseek'>): number {
  const { handle, offset, whence } = operation;
  return reply.count(seek(descriptorOf(handles.file(handle).file.forReading()), offset, whence));
}

/**
 * Where the kernel writes to the target by itself it can copy as well, and everybody else is answered
 * meanwhile: after ENOSYS it does so until the union is unmounted. What the file system of the writable
 * branch could share it would copy, though; so it is left to the kernel only where blocks are never shared.
 */
export function copyWithin({ handles, reply }: Door, _: Caller, operation: Of<'copy-file-range'>): number {
  const { offset, toOffset, length } = operation;
  const target = handles.file(operation.toHandle);
  // The target first: when both are of one inode its copy-up moves the source.
  const to = { descriptor: descriptorOf(target.file.forWriting()), offset: toOffset };
  const from = { descriptor: descriptorOf(handles.file(operation.handle).file.forReading()), offset };
  const outcome = target.backing === undefined ? 'not this range' : shareRange(from, to, length);
  if (outcome === 'shared') return reply.count(length);
  if (outcome === 'never') return reply.error('ENOSYS');
  return reply.count(copyRange(from, to, length));
}

function descriptorOf({ descriptor }: { readonly descriptor?: number | undefined }): number {
  if (descriptor === undefined) throw new SystemError('EBADF', 'descriptor');
  return descriptor;
}
