/** What the kernel is told without having asked: that what it remembers does not hold any more. */
import type { Bytes } from '../bytes.js';
import { sendNotification } from '../system/fuse-device.js';
import type { Node } from './node.js';
import { OUT_HEADER } from './protocol.js';

/** `enum fuse_notify_code`. */
const INVALIDATE_INODE = 2;
const INVALIDATE_ENTRY = 3;
/** FUSE_EXPIRE_ENTRY: the name is looked up again, and stays what it is when it leads to the same. */
const EXPIRE = 1;

/** Gives messages for the kernel to another thread, that may wait. */
export interface Messenger {
  send(messages: readonly Buffer[]): void;
  /** Waits until they are told, but not for ever: who holds a lock may wait for this thread. */
  settle(): void;
}

/** Speaks to the kernel from the serving thread, which must never wait for a lock: somebody can hold it who waits for this thread. */
export class Notifications {
  readonly #device: number;
  readonly #messenger: Messenger;
  /**
   * Linux 6.2. Before, a name could only be taken out of the tree of files, and with it what is mounted
   * there and where somebody's working directory is.
   */
  canExpire = false;

  constructor(device: number, messenger: Messenger) {
    this.#device = device;
    this.#messenger = messenger;
  }

  /** A name leads to something else. */
  nameChanged(directory: Node, name: Bytes): void {
    if (this.canExpire) this.#messenger.send([expiry(directory, name)]);
  }

  /** The names of these lead to something else, and names are in these that were not there. */
  nodesChanged(nodes: Iterable<Node>): void {
    const messages: Buffer[] = [];
    for (const node of nodes) {
      if (node.isDirectory) this.listingChanged(node);
      for (const { directory, name } of node.names) messages.push(expiry(directory, name));
      for (const name of node.absent ?? []) messages.push(expiry(node, name));
      node.absent?.clear();
    }
    if (this.canExpire) this.#messenger.send(messages);
  }

  settle(): void {
    this.#messenger.settle();
  }

  /** A directory is listed again. */
  listingChanged({ id }: Node): void {
    this.#inodeChanged(id, 0); // offset 0 and length 0 stand for all of it
  }

  /**
   * Attributes are asked for again. Of content nothing is said, for that waits for who reads it: the kernel
   * drops it itself when it sees another mtime.
   */
  attributesChanged({ id }: Node): void {
    this.#inodeChanged(id, -1);
  }

  #inodeChanged(id: number, offset: number): void {
    const body = Buffer.alloc(24);
    body.writeUInt32LE(id, 0);
    body.writeInt32LE(offset, 8);
    body.writeInt32LE(offset, 12);
    sendNotification(this.#device, notification(INVALIDATE_INODE, body));
  }
}

function expiry(directory: Node, name: Bytes): Buffer {
  const body = Buffer.alloc(16 + name.length + 1);
  body.writeUInt32LE(directory.id, 0);
  body.writeUInt32LE(name.length, 8);
  body.writeUInt32LE(EXPIRE, 12);
  body.write(name, 16, 'latin1');
  return notification(INVALIDATE_ENTRY, body);
}

function notification(code: number, body: Buffer): Buffer {
  const message = Buffer.alloc(OUT_HEADER + body.length);
  message.writeUInt32LE(message.length, 0);
  message.writeInt32LE(code, 4);
  body.copy(message, OUT_HEADER);
  return message;
}
