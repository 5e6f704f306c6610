/**
 * Containers of what the kernel offers, for any union that programs see: namespaces by
 * unshare(1) and nsenter(1), the root by pivot_root(2) or chroot(1), all on a mount that
 * the host has already.
 */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { Sandbox, Union } from '../backend.js';
import { type Bytes, toBuffer } from '../bytes.js';
import {
  type Container,
  ContainerError,
  type ContainerProcess,
  type ContainerRuntime,
  type ContainerSpec,
  type SharedDirectory,
} from '../container.js';
import { SystemError } from '../system/errno.js';
import { call, cString } from '../system/libc.js';
import { bindMount, makeTreeReadOnly, pivotInto, setPropagation } from '../system/mount-tree.js';
import { inMountNamespace, inUtsNamespace, startInPidNamespace } from '../system/namespaces.js';
import type { ProcessEnd } from '../system/processes.js';
import { statPath } from '../system/stat.js';
import { waitFor } from '../system/wait.js';
import { enterCommand, isForked, launchCommand } from './command-lines.js';
import { endAll, mountNamespaceOf } from './end-all.js';
import { NativeProcess } from './native-process.js';

/** How long its first process may take to come to the gate; milliseconds. */
const patience = 5000;

type Place = Pick<Sandbox, 'directory' | 'privileged'>;

export const nativeContainers: ContainerRuntime = {
  capabilities: ['containers', 'partial-containers'],

  start(union, spec, command, place) {
    const root = rootOf(union);
    checkRoot(spec);
    return startFirst(spec, root, command, place);
  },
};

function rootOf({ mountPoint }: Union): Bytes {
  if (mountPoint === undefined) throw new ContainerError('no program sees the union: it is not mounted');
  return mountPoint;
}

/** Without a mount namespace it would be the root of the host that is changed. */
function checkRoot({ root, namespaces }: ContainerSpec): void {
  if (root !== 'pivot_root' || namespaces.includes('mount')) return;
  throw new ContainerError('pivot_root needs a mount namespace of the container');
}

/** The first process, when its world is complete and it has been let go. */
function startFirst(spec: ContainerSpec, root: Bytes, command: readonly string[], place: Place): Container {
  const launch = launchCommand(spec, place.privileged, toBuffer(root).toString(), command);
  const gate = new Gate(place.directory);
  const log = `${place.directory}/0.log` as Bytes;
  let started: NativeProcess | undefined;
  try {
    const start = () => NativeProcess.start(launch, log, gate.descriptors);
    const hasNewPids = spec.namespaces.includes('pid') && !isForked(spec);
    started = hasNewPids ? startInPidNamespace('new', start) : start();
    gate.await(started);
    const first = isForked(spec) ? started.behind() : started;
    furnish(first.pid, spec, root);
    const container = new NativeContainer(first, spec, place);
    gate.open();
    return container;
  } catch (failure) {
    if (started?.wait(0) === undefined) started?.signal('SIGKILL');
    started?.wait(patience);
    if (failure instanceof SystemError) throw new ContainerError(failure.message);
    throw failure;
  } finally {
    gate.close();
  }
}

/** What is easier done from outside: a root file system need not have the programs for it. */
function furnish(pid: number, spec: ContainerSpec, root: Bytes): void {
  const { hostname } = spec;
  if (hostname !== undefined) {
    const name = Buffer.from(hostname);
    inUtsNamespace(pid, () => call('sethostname', hostname, name, name.length));
  }
  if (!spec.namespaces.includes('mount')) return;
  inMountNamespace(pid, () => {
    // A mount of its own: pivot_root(2) wants one, and takes none that came from another user namespace.
    if (spec.root === 'pivot_root') bindMount(root, root, 'deep');
    if (spec.root !== 'host') bindNull(root);
    for (const directory of spec.directories) share(directory, spec.root === 'host' ? '' : root);
    if (spec.root === 'pivot_root') pivotInto(root);
  });
}

/** Shells open /dev/null for whatever they start in the background; a user namespace may not make devices. */
function bindNull(root: Bytes): void {
  const place = `${root}/dev/null` as Bytes;
  const found = statPath(place);
  if (typeof found !== 'number' && found.kind === 'file') bindMount('/dev/null' as Bytes, place);
}

function share({ source, target, readOnly, propagation }: SharedDirectory, root: string): void {
  const place = `${root}${target}` as Bytes;
  bindMount(source, place, 'deep');
  if (readOnly) makeTreeReadOnly(place);
  if (propagation !== 'shared') setPropagation(place, propagation);
}

/** Where the first process waits for what is done from outside (`launchCommand`). */
class Gate {
  readonly #ready: { readonly path: Buffer; readonly descriptor: number };
  readonly #go: number;

  constructor(directory: Bytes) {
    const path = toBuffer(`${directory}/ready` as Bytes);
    this.#ready = { path, descriptor: openSync(path, 'w') };
    const fifo = `${directory}/go` as Bytes;
    call('mknod', fifo, cString(fifo), S_IFIFO | 0o600, 0);
    this.#go = openSync(toBuffer(fifo), 'r+'); // both ends: neither opening nor writing waits for the other
  }

  /** In the order of READY and GO. */
  get descriptors(): readonly number[] {
    return [this.#ready.descriptor, this.#go];
  }

  /** @throws ContainerError with what the process has said, when it ends before. */
  await(first: NativeProcess): void {
    const came = waitFor(() => {
      if (readFileSync(this.#ready.path).length > 0) return true;
      return first.wait(0) === undefined ? undefined : false;
    }, patience);
    if (came === true) return;
    const when = came === undefined ? `not ready after ${patience / 1000} s: ` : '';
    throw new ContainerError(`${when}${first.output().trim()}`);
  }

  open(): void {
    writeSync(this.#go, '\n');
  }

  close(): void {
    closeSync(this.#ready.descriptor);
    closeSync(this.#go);
  }
}

const S_IFIFO = 0o010000;

class NativeContainer implements Container {
  readonly #first: NativeProcess;
  readonly #spec: ContainerSpec;
  readonly #place: Place;
  readonly #further: NativeProcess[] = [];
  /** By which whatever runs in it is known; undefined where that is the host's. */
  readonly #namespace: string | undefined;

  constructor(first: NativeProcess, spec: ContainerSpec, place: Place) {
    this.#first = first;
    this.#spec = spec;
    this.#place = place;
    if (spec.namespaces.includes('mount')) this.#namespace = mountNamespaceOf(first.pid);
  }

  get pid(): number {
    return this.#first.pid;
  }

  output(): string {
    return this.#first.output();
  }

  signal(signal: NodeJS.Signals): void {
    this.#first.signal(signal);
  }

  /** PID 1 ends last: the kernel holds it until every process it takes along was collected, also by us. */
  wait(limit: number): ProcessEnd | undefined {
    return waitFor(() => {
      for (const further of this.#further) further.wait(0);
      return this.#first.wait(0);
    }, limit);
  }

  exec(command: readonly string[]): ContainerProcess {
    const log = `${this.#place.directory}/${this.#further.length + 1}.log` as Bytes;
    const start = () => NativeProcess.start(enterCommand(this.#spec, this.pid, command), log);
    try {
      const entered = this.#spec.namespaces.includes('pid') ? startInPidNamespace(this, start) : start();
      this.#further.push(entered);
      this.#awaitEntry(entered.pid);
      return entered;
    } catch (failure) {
      if (failure instanceof SystemError) throw new ContainerError(failure.message);
      throw failure;
    }
  }

  /** Until a process has entered, the death of the container is not its own. The mount namespace is entered last. */
  #awaitEntry(pid: number): void {
    if (this.#namespace === undefined) return;
    waitFor(() => [this.#namespace, undefined].includes(mountNamespaceOf(pid)) || undefined, patience);
  }

  end(): void {
    const children = [this.#first, ...this.#further];
    for (const child of children.filter((each) => each.wait(0) === undefined)) child.signal('SIGKILL');
    if (this.#namespace !== undefined) endAll(this.#namespace);
    if (this.wait(patience) === undefined) throw new Error('the first process of a container does not end');
  }
}
