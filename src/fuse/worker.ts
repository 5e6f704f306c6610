/** The thread that serves a union: it reads a request, acts, answers, and does nothing else. */
import { parentPort, workerData } from 'node:worker_threads';
import { MountError } from '../backend.js';
import { attempt } from '../system/libc.js';
import { DirectoryUnion } from '../union/directory-union.js';
import { Engine } from '../union/engine.js';
import type { Door } from './door.js';
import { Handles } from './handles.js';
import { Nodes } from './nodes.js';
import { Reply, type Validity } from './reply.js';
import { serve } from './serve.js';
import type { Assignment, Begin, Report } from './worker-protocol.js';

/** Seconds that stand for ever. */
const FOREVER = 2 ** 31;

function report(message: Report): void {
  parentPort?.postMessage(message);
}

function open({ branches, options }: Assignment): DirectoryUnion | undefined {
  try {
    return new DirectoryUnion(Engine, branches, options);
  } catch (failure) {
    if (!(failure instanceof MountError)) throw failure;
    report({ kind: 'refused', message: failure.message });
    return undefined;
  }
}

function doorOf(union: DirectoryUnion, { options }: Assignment): Door {
  const { engine } = union;
  const isAlone = options.directAccess === 'none';
  const validity: Validity = isAlone ? { entry: FOREVER, attributes: FOREVER } : { entry: 0, attributes: 0 };
  return {
    union,
    engine,
    isAlone,
    nodes: new Nodes(engine),
    handles: new Handles(),
    reply: new Reply(validity),
  };
}

const assignment = workerData as Assignment;
const union = open(assignment);
if (union !== undefined) {
  parentPort?.once('message', ({ device }: Begin) => {
    attempt('umask', 0); // the kernel says with each request what it wants
    serve(device, doorOf(union, assignment));
    union.engine.unmount();
    report({ kind: 'ended' });
  });
  report({ kind: 'ready' });
}
