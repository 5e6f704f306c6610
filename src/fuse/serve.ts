import { awaitEither, receiveRequest, sendReply } from '../system/fuse-device.js';
import type { dispatch } from './dispatch.js';
import type { Door } from './door.js';
import { Lookout } from './lookout.js';

/** The largest request: WRITE of 1 MiB, with room for its header. */
const LARGEST = (1 << 20) + (1 << 16);

/** Answers one request after the other until the union is unmounted. */
export function serve(door: Door, answer: typeof dispatch): void {
  const { device } = door;
  const input = Buffer.alloc(LARGEST);
  const lookout = new Lookout(device);
  while (nextRequest(door, input)) {
    const length = answer(door, input);
    if (length > 0) sendReply(device, door.reply.buffer, length);
    lookout.look();
  }
}

/** With `udba=notify` the kernel hears first of what has happened before the request. */
function nextRequest({ device, watch }: Door, input: Buffer): boolean {
  while (watch !== undefined) {
    const ready = awaitEither(device, watch.descriptor);
    if (ready.other) watch.hear();
    if (ready.request) break;
  }
  return receiveRequest(device, input);
}
