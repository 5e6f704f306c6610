/** What the kernel is told without having asked: that what it remembers does not hold any more. */
import { sendNotification } from '../system/fuse-device.js';
import type { Door } from './door.js';
import { OUT_HEADER } from './protocol.js';

/** `enum fuse_notify_code`. */
const INVALIDATE_INODE = 2;
const NEW_EPOCH = 8;

/**
 * After a change of the branches: every name is looked up again, and every directory listed again.
 * A kernel before Linux 6.16 does not know of epochs, and goes on with the names that it has seen.
 * Neither notification waits for a lock that somebody can hold who waits for this thread.
 */
export function forgetNames({ device, nodes, isAlone }: Door): void {
  if (!isAlone) return;
  notify(device, NEW_EPOCH, Buffer.alloc(0));
  for (const id of nodes.directories()) {
    const body = Buffer.alloc(24); // the inode; offset 0 and length 0 stand for all of it
    body.writeUInt32LE(id, 0);
    notify(device, INVALIDATE_INODE, body);
  }
}

function notify(device: number, code: number, body: Buffer): void {
  const message = Buffer.alloc(OUT_HEADER + body.length);
  message.writeUInt32LE(message.length, 0);
  message.writeInt32LE(code, 4);
  body.copy(message, OUT_HEADER);
  sendNotification(device, message);
}
