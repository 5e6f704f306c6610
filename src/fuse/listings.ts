/** OPENDIR, READDIR, READDIRPLUS, RELEASEDIR, FSYNCDIR. */
import type { Bytes } from '../bytes.js';
import type { Door } from './door.js';
import type { DirectoryHandle } from './handles.js';
import type { Node } from './node.js';
import { openedFlags } from './protocol.js';
import { type ListedName, Reply } from './reply.js';
import type { Caller, Of } from './request.js';

export function openDirectory(door: Door, { node: id }: Caller): number {
  const { nodes, handles, reply } = door;
  const handle = handles.add({ kind: 'directory', node: nodes.get(id), names: [] });
  const flags = reply.isRemembered ? openedFlags.keepCache | openedFlags.cacheDirectory : 0;
  return reply.opened({ handle, flags, backing: 0 });
}

/** As much as fits, from a position that is the number of names before it. */
export function readDirectory(door: Door, _: Caller, operation: Of<'readdir'>): number {
  const { handle, offset, size, kind } = operation;
  const directory = door.handles.directory(handle);
  if (offset === 0) directory.names = list(door, directory);
  const withStat = kind === 'readdirplus';
  let length = 0;
  for (let position = offset; position < directory.names.length; position++) {
    const listed = directory.names[position];
    if (listed === undefined) break;
    const needed = Reply.listedSize(listed.name, withStat);
    if (length + needed > size) break;
    if (withStat) putWithStat(door, directory.node, listed, position, length);
    else door.reply.listed(length, listed, position + 1);
    length += needed;
  }
  return door.reply.data(length);
}

function list({ engine, nodes }: Door, { node }: DirectoryHandle): readonly ListedName[] {
  const entry = nodes.find(node);
  if (entry === undefined) return [];
  const parent = node.names[0]?.directory ?? node;
  return [
    { name: '.' as Bytes, ino: node.ino, kind: 'directory' },
    { name: '..' as Bytes, ino: parent.ino, kind: 'directory' },
    ...engine.list(entry),
  ];
}

/** What can be looked up, which the kernel then knows as if it had asked for it, and what cannot. */
function putWithStat(door: Door, directory: Node, listed: ListedName, position: number, at: number): void {
  const { engine, nodes, reply } = door;
  const { name } = listed;
  const isDots = name === '.' || name === '..';
  const entry = isDots ? undefined : engine.lookup(nodes.entryOf(directory), name);
  if (entry === undefined) return reply.listed(at, listed, position + 1, 0);
  const node = nodes.named(directory, name, entry);
  node.lookups += 1;
  reply.listed(at, listed, position + 1, node.id, engine.statOf(node.entry ?? entry));
}

export function releaseDirectory({ handles, reply }: Door, _: Caller, { handle }: Of<'release'>): number {
  handles.remove(handle);
  return reply.empty();
}

/** What was made, renamed or deleted in the directory is on the disk afterwards. */
export function syncDirectory({ engine, nodes, reply }: Door, { node }: Caller): number {
  const entry = nodes.find(nodes.get(node));
  if (entry === undefined) return reply.empty();
  const directory = engine.open(entry, ['O_RDONLY', 'O_DIRECTORY']);
  try {
    directory.sync();
  } finally {
    directory.close();
  }
  return reply.empty();
}
