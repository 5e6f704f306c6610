/**
 * Containers of what the kernel offers, for any union that programs see: namespaces by
 * unshare(1) and nsenter(1), the root by pivot_root(2) or chroot(1), all on a mount that
 * the host has already.
 */
import type { Union } from '../backend.js';
import { type Bytes, toBuffer } from '../bytes.js';
import { type Container, ContainerError, type ContainerRuntime, type ContainerSpec } from '../container.js';
import { SystemError } from '../system/errno.js';
import { setPropagation } from '../system/mount-tree.js';
import { startInPidNamespace } from '../system/namespaces.js';
import { isForked, launchCommand } from './command-lines.js';
import { furnish } from './furnish.js';
import { Gate } from './gate.js';
import { NativeContainer, type Place } from './native-container.js';
import { NativeProcess } from './native-process.js';

/** How long SIGKILL may take on a busy machine; milliseconds. */
const patience = 5000;

export const nativeContainers: ContainerRuntime = {
  capabilities: ['containers', 'partial-containers', 'joined-control-groups'],

  start(union, spec, command, place) {
    const root = rootOf(union);
    checkParts(spec);
    return startFirst(spec, root, command, place);
  },
};

function rootOf({ mountPoint }: Union): Bytes {
  if (mountPoint === undefined) throw new ContainerError('no program sees the union: it is not mounted');
  return mountPoint;
}

/** What would be done to the host without a namespace of the container's own. */
function checkParts({ namespaces, root, directories, hostname }: ContainerSpec): void {
  if (!namespaces.includes('mount') && (root === 'pivot_root' || directories.length > 0)) {
    throw new ContainerError('pivot_root and directories of the host need a mount namespace');
  }
  if (!namespaces.includes('uts') && hostname !== undefined) {
    throw new ContainerError('a host name needs a UTS namespace');
  }
}

/** The first process, when its world is complete and it has been let go. */
function startFirst(spec: ContainerSpec, root: Bytes, command: readonly string[], place: Place): Container {
  const launch = launchCommand(spec, place.privileged, toBuffer(root).toString(), command);
  const gate = new Gate(place.directory);
  const log = `${place.directory}/0.log` as Bytes;
  let started: NativeProcess | undefined;
  try {
    // An engine in the same sandbox shares what the union lies in: what is mounted in a container would come back here.
    if (spec.root !== 'host') setPropagation(root, 'private');
    const start = () => NativeProcess.start(launch, log, gate.descriptors);
    const hasNewPids = spec.namespaces.includes('pid') && !isForked(spec);
    started = hasNewPids ? startInPidNamespace('new', start) : start();
    gate.await(started);
    const first = isForked(spec) ? started.behind() : started;
    furnish(first.pid, spec, root);
    const container = new NativeContainer(first, spec, place);
    gate.letThrough(first);
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
