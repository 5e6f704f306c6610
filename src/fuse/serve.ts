import { receiveRequest, sendReply } from '../system/fuse-device.js';
import { dispatch } from './dispatch.js';
import type { Door } from './door.js';

/** The largest request: WRITE of 1 MiB, with room for its header. */
const LARGEST = (1 << 20) + (1 << 16);

/** Answers one request after the other until the union is unmounted. */
export function serve(door: Door): void {
  const { device } = door;
  const input = Buffer.alloc(LARGEST);
  while (receiveRequest(device, input)) {
    const length = dispatch(door, input);
    if (length > 0) sendReply(device, door.reply.buffer, length);
  }
}
