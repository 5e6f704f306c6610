/**
 * The content of a small file of a read-only branch is told when it is first opened: who opens a file mostly
 * reads it next, and waiting for one more answer takes longer than reading some pages (FUSE_NOTIFY_STORE of
 * linux/fuse.h). The kernel then does not ask for attributes because of a READ: so there is no new access time
 * that it could miss, as there is none for lower files in overlayfs.
 */
import { sendNotification } from '../system/fuse-device.js';
import { leaveAccessTime, readInto } from '../system/transfer.js';
import type { UnionFile } from '../union/open-file.js';
import type { Door } from './door.js';
import type { Node } from './node.js';
import { isForReading, OUT_HEADER } from './protocol.js';

/** Bytes of the largest file that is told. */
const LARGEST = 1 << 15;
const O_DIRECT = 0o40000;
const STORE = 4;

/** `struct fuse_notify_store_out` behind the header, and the content. */
const message = Buffer.alloc(OUT_HEADER + 24 + LARGEST + 1);
const content = message.subarray(OUT_HEADER + 24);

/**
 * Before the answer to OPEN, and only while nobody else has the file open: the kernel takes the locks of
 * its pages for it, which somebody may hold who waits for this thread to read or write them.
 */
export function tellContent(
  { device, engine, reply }: Door,
  node: Node,
  file: UnionFile,
  flags: number,
): void {
  if (node.content !== 'untold' || node.usualOpens > 0 || !reply.isRemembered) return;
  if (!isForReading(flags) || (flags & O_DIRECT) !== 0 || engine.isWritable(file.home.branch)) return;
  const { descriptor } = file.forReading();
  if (file.kind !== 'file' || descriptor === undefined) return;
  node.content = 'not to be told';
  if (!leaveAccessTime(descriptor)) return;
  const length = readInto(descriptor, content, LARGEST + 1, 0);
  if (length > LARGEST) return;
  if (length === 0 || sendNotification(device, stored(node, length))) node.content = 'told';
}

function stored({ id }: Node, length: number): Buffer {
  const total = OUT_HEADER + 24 + length;
  message.writeUInt32LE(total, 0);
  message.writeInt32LE(STORE, 4);
  message.writeUInt32LE(id, OUT_HEADER);
  message.writeUInt32LE(length, OUT_HEADER + 16);
  return message.subarray(0, total);
}
