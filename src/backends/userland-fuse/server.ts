/**
 * Serves the unions of one sandbox, one after the other, as `union-mount` does: started once, for
 * starting Node takes longer than most scenarios. It is told what to mount over a socket, a line of
 * JSON for each request and each answer, and ends with it. `node server.js [WORKER]`: what serves them.
 */
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { MountError } from '../../backend.js';
import { type MountedUnion, mountUnion } from '../../fuse/mount-union.js';
import { ServingThread } from '../../fuse/serving-thread.js';
import { type Answer, type Request, SOCKET } from './server-protocol.js';

const socket = new Socket({ fd: SOCKET });
const [, , worker] = process.argv;
const startThread = () => new ServingThread(worker === undefined ? undefined : new URL(worker));
let thread = startThread();
let union: MountedUnion | undefined;

async function answer(request: Request): Promise<Answer> {
  if (request.kind === 'wait') {
    await union?.ended;
    return { kind: 'done' };
  }
  if (thread.isServing) thread = startThread(); // somebody still uses what was mounted before
  try {
    union = await mountUnion({ ...request.mount, flags: {}, allowOther: true }, thread);
    return { kind: 'done' };
  } catch (failure) {
    if (!(failure instanceof MountError)) throw failure;
    return { kind: 'refused', message: failure.message };
  }
}

for await (const line of createInterface(socket)) {
  socket.write(`${JSON.stringify(await answer(JSON.parse(line) as Request))}\n`);
}
process.exit();
