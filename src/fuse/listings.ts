/** OPENDIR, READDIR, READDIRPLUS, RELEASEDIR, FSYNCDIR. */
import type { Bytes } from '../bytes.js';
import type { Entry } from '../union/entry.js';
import type { Listed } from '../union/listing.js';
import type { Door } from './door.js';
import type { DirectoryHandle, Listing } from './handles.js';
import type { Node } from './node.js';
import { openedFlags } from './protocol.js';
import { Reply } from './reply.js';
import type { Caller, Of } from './request.js';

export function openDirectory(door: Door, { node: id }: Caller): number {
  const { nodes, handles, reply } = door;
  const handle = handles.add({ kind: 'directory', node: nodes.get(id), listing: undefined });
  const flags = reply.isRemembered ? openedFlags.keepCache | openedFlags.cacheDirectory : 0;
  return reply.opened({ handle, flags, backing: 0 });
}

/** As much as fits, from a position that is the number of names before it. */
export function readDirectory(door: Door, _: Caller, operation: Of<'readdir'>): number {
  const { handle, offset, size, kind } = operation;
  const directory = door.handles.directory(handle);
  if (offset === 0 || directory.listing === undefined) directory.listing = list(door, directory);
  const { names } = directory.listing;
  const find = kind === 'readdirplus' ? lookUpIn(door, directory.node, directory.listing) : undefined;
  let length = 0;
  for (let position = offset; position < names.length; position++) {
    const listed = names[position];
    if (listed === undefined) break;
    const needed = Reply.listedSize(listed.name, find !== undefined);
    if (length + needed > size) break;
    if (find === undefined) door.reply.listed(length, listed, position + 1);
    else putWithStat(door, directory.node, listed, find(listed), position, length);
    length += needed;
  }
  return door.reply.data(length);
}

function list({ engine, nodes }: Door, { node }: DirectoryHandle): Listing {
  const entry = nodes.find(node);
  const parent = node.names[0]?.directory ?? node;
  const dots: readonly Listed[] = [
    { name: '.' as Bytes, ino: node.ino, kind: 'directory' },
    { name: '..' as Bytes, ino: parent.ino, kind: 'directory' },
  ];
  const names = entry === undefined ? [] : [...dots, ...engine.list(entry)];
  const { generation, version } = engine;
  return { names, generation, version };
}

/** As long as no name has changed, what was listed is where it was found. */
function lookUpIn(
  { engine, nodes }: Door,
  directory: Node,
  { generation, version }: Listing,
): (listed: Listed) => Entry | undefined {
  const isAsListed = version !== undefined && version === engine.version && generation === engine.generation;
  return ({ name, branch }) => {
    if (name === '.' || name === '..') return undefined;
    const parent = nodes.entryOf(directory);
    if (isAsListed && branch !== undefined) return engine.lookupFrom(branch, parent, name);
    return engine.lookup(parent, name);
  };
}

/** What can be looked up, which the kernel then knows as if it had asked for it, and what cannot. */
function putWithStat(
  { engine, nodes, reply }: Door,
  directory: Node,
  listed: Listed,
  entry: Entry | undefined,
  position: number,
  at: number,
): void {
  if (entry === undefined) return reply.listed(at, listed, position + 1, 0);
  const node = nodes.named(directory, listed.name, entry);
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
