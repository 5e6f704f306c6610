/** What a thread does that serves unions, one after the other. */
import { parentPort } from 'node:worker_threads';
import { MountError } from '../backend.js';
import { type Errno, SystemError } from '../system/errno.js';
import { IdleCpus } from '../system/idle-cpus.js';
import { takeModesAsTheyAre } from '../system/umask.js';
import { Watches } from '../system/watches.js';
import { DirectoryUnion } from '../union/directory-union.js';
import { Engine } from '../union/engine.js';
import { BranchWatch } from './branch-watch.js';
import { dispatch } from './dispatch.js';
import type { Door } from './door.js';
import { errands } from './errands.js';
import { Handles } from './handles.js';
import { Nodes } from './nodes.js';
import { Notifications } from './notifications.js';
import { PassThrough } from './pass-through.js';
import { Reply, type Validity } from './reply.js';
import { serve } from './serve.js';
import type { Assignment, Order, Report } from './worker-protocol.js';

/** Seconds that stand for ever. */
const FOREVER = 2 ** 31;

interface Open {
  readonly union: DirectoryUnion;
  readonly assignment: Assignment;
  /** With `udba=notify`. */
  readonly watches: Watches | undefined;
  /** With `awake`. */
  readonly cpus: IdleCpus | undefined;
}

let open: Open | undefined;

/** How a thread answers requests: `answerRightly`, or as a twin of it that breaks a rule does. */
export interface Answering {
  readonly door: (right: Door) => Door;
  readonly dispatch: typeof dispatch;
}

const answerRightly: Answering = { door: (right) => right, dispatch };

/** Obeys the thread that started this one. */
export function serveUnions(answering: Answering = answerRightly): void {
  takeModesAsTheyAre(); // the kernel says with each request what it wants
  parentPort?.on('message', (order: Order) => parentPort?.postMessage(obey(order, answering)));
}

function obey(order: Order, answering: Answering): Report {
  switch (order.kind) {
    case 'open':
      return openBranches(order.assignment);
    case 'serve':
      if (open !== undefined) serve(answering.door(doorOf(open, order.device)), answering.dispatch);
      return closeBranches();
    case 'close':
      return closeBranches();
  }
}

function openBranches(assignment: Assignment): Report {
  const { branches, options } = assignment;
  let watches: Watches | undefined;
  let cpus: IdleCpus | undefined;
  try {
    watches = options.directAccess === 'notify' ? openWatches() : undefined;
    cpus = options.awake === true ? openCpus() : undefined;
    open = { union: new DirectoryUnion(Engine, branches, options), assignment, watches, cpus };
    return { kind: 'ready' };
  } catch (failure) {
    watches?.close();
    cpus?.close();
    if (!(failure instanceof MountError)) throw failure;
    return { kind: 'refused', message: failure.message };
  }
}

function openWatches(): Watches {
  return orRefuse(
    () => new Watches(),
    (errno) =>
      `udba=notify: the branches cannot be watched (${errno}): sysctl fs.inotify.max_user_instances says how many may watch`,
  );
}

function openCpus(): IdleCpus {
  return orRefuse(
    () => new IdleCpus(),
    (errno) =>
      `awake: the CPUs cannot be kept awake (${errno}): it takes root and /dev/cpu_dma_latency; leave the option out`,
  );
}

/** @throws MountError that says what cannot be had, and what to do */
function orRefuse<T>(open: () => T, refusal: (errno: Errno) => string): T {
  try {
    return open();
  } catch (failure) {
    if (!(failure instanceof SystemError)) throw failure;
    throw new MountError(refusal(failure.errno));
  }
}

function closeBranches(): Report {
  open?.union.engine.unmount();
  open?.watches?.close();
  open?.cpus?.close();
  open = undefined;
  return { kind: 'ended' };
}

function doorOf({ union, assignment, watches, cpus }: Open, device: number): Door {
  const { engine } = union;
  const { directAccess, passThrough = false } = assignment.options;
  const isRemembered = directAccess === 'none' || directAccess === 'notify';
  const validity: Validity = isRemembered
    ? { entry: FOREVER, attributes: FOREVER }
    : { entry: 0, attributes: 0 };
  const reply = new Reply(validity);
  const nodes = new Nodes(engine);
  const notifications = new Notifications(device, errands);
  const watch = watches && new BranchWatch(watches, union, nodes, notifications, reply);
  nodes.watch = watch;
  return {
    union,
    engine,
    device,
    nodes,
    handles: new Handles(),
    reply,
    notifications,
    watch,
    cpus,
    passThrough: new PassThrough(device, passThrough),
  };
}
