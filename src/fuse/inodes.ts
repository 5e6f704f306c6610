/** GETATTR, READLINK, STATFS: what is asked of an inode. */
import type { Stat } from '../files.js';
import { SystemError } from '../system/errno.js';
import type { Door } from './door.js';
import type { Node } from './node.js';
import type { Caller } from './request.js';

export function getAttributes(door: Door, { node }: Caller): number {
  return door.reply.attributes(statOf(door, door.nodes.get(node)));
}

/** @throws SystemError ESTALE */
export function statOf({ engine, nodes, handles }: Door, node: Node): Stat {
  const entry = nodes.find(node);
  const isKept = node.isDirectory || engine.version !== undefined; // else it was looked up for this
  const now = entry !== undefined && isKept ? engine.refreshed(entry) : entry;
  if (now !== undefined) return engine.statOf(now);
  // The last is a file whose name somebody has taken out of its branch.
  const stat = node.kept?.stat() ?? handles.filesOf(node)[0]?.stat();
  if (stat === undefined) throw new SystemError('ESTALE', 'getattr');
  return stat;
}

export function readLink({ nodes, reply }: Door, { node }: Caller): number {
  return reply.bytes(nodes.targetOf(nodes.get(node)));
}

export function statFileSystem({ engine, reply }: Door): number {
  return reply.statfs(engine.statfs());
}
