import {
  awaitRequest,
  doNotBlock,
  type Received,
  receiveRequest,
  sendReply,
  whichIsReady,
} from '../system/fuse-device.js';
import type { dispatch } from './dispatch.js';
import type { Door } from './door.js';
import { Lookout } from './lookout.js';
import { Wakefulness } from './wakefulness.js';

/** The largest request: WRITE of 1 MiB, with room for its header. */
const LARGEST = (1 << 20) + (1 << 16);

/** Answers one request after the other until the union is unmounted. */
export function serve(door: Door, answer: typeof dispatch): void {
  const { device, watch, cpus } = door;
  const input = Buffer.alloc(LARGEST);
  const lookout = new Lookout(() => receive(door, input));
  const wait = (milliseconds: number) => awaitRequest(device, watch?.descriptor, milliseconds);
  const wakefulness = new Wakefulness(wait, cpus);
  doNotBlock(device);
  for (;;) {
    const received = lookout.look();
    if (received === 'unmounted') return;
    if (received === 'nothing') wakefulness.wait();
    else {
      wakefulness.requested();
      const length = answer(door, input);
      if (length > 0) sendReply(device, door.reply.buffer, length);
    }
  }
}

/** With `udba=notify` the kernel hears first of what has happened before the request. */
function receive({ device, watch }: Door, input: Buffer): Received {
  if (watch === undefined) return receiveRequest(device, input);
  const ready = whichIsReady(device, watch.descriptor);
  if (ready.other) watch.hear();
  return ready.request ? receiveRequest(device, input) : 'nothing';
}
