import { stat } from 'node:fs/promises';
import { MountError } from '../backend.js';
import { type Bytes, display, toBuffer } from '../bytes.js';
import { SystemError } from '../system/errno.js';
import { closeFuseDevice, openFuseDevice } from '../system/fuse-device.js';
import { mountByHelper, unmountByHelper } from '../system/fusermount.js';
import { detachMount, type MountFlags, mountFileSystem } from '../system/mount.js';
import { checkMountPoint } from './mount-point.js';
import { ServingThread } from './serving-thread.js';
import type { Assignment } from './worker-protocol.js';

/** A union to be mounted. */
export interface MountRequest extends Assignment {
  /** Absolute, without symbolic links, as the branches. */
  readonly mountPoint: Bytes;
  readonly flags: MountFlags;
  /** Other users see it too; who is not root needs `user_allow_other` in /etc/fuse.conf for that. */
  readonly allowOther: boolean;
}

/** A union that programs see; another thread serves it. */
export interface MountedUnion {
  /** Resolves when it was unmounted and its branches hold everything; rejects when its thread died. */
  readonly ended: Promise<void>;
  /**
   * Takes it out of the tree of files. What is still open goes on, and keeps it alive.
   * @returns what could not be done.
   */
  unmount(): string | undefined;
}

/** How long the kernel may take to agree on the protocol; milliseconds. */
const patience = 10_000;

/** @throws MountError; nothing is mounted then. */
export async function mountUnion(request: MountRequest, thread = new ServingThread()): Promise<MountedUnion> {
  const { branches, options, mountPoint } = request;
  checkMountPoint(mountPoint, branches);
  const opened = await thread.tell({ kind: 'open', assignment: { branches, options } });
  if (opened.kind === 'refused') throw new MountError(opened.message);
  let device: number;
  try {
    device = mount(request);
  } catch (failure) {
    await thread.tell({ kind: 'close' });
    throw failure;
  }
  const served = thread.tell({ kind: 'serve', device });
  const ended = served.then(() => {}).finally(() => closeFuseDevice(device));
  const union = { ended, unmount: () => unmount(mountPoint) };
  await answered(union, mountPoint);
  return union;
}

/** The mount is there when the kernel has agreed; then a first look at the union gets an answer. */
async function answered({ ended, unmount: undo }: MountedUnion, mountPoint: Bytes): Promise<void> {
  const died = ended.then(() => {
    throw new MountError(`${display(mountPoint)}: unmounted by somebody before it was ready`);
  });
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new MountError('the kernel does not answer')), patience).unref();
  });
  try {
    await Promise.race([stat(toBuffer(mountPoint)), died, late]);
  } catch (failure) {
    undo();
    if (failure instanceof MountError) throw failure;
    throw new MountError(`${display(mountPoint)}: mounted, but ${String(failure)}`, { cause: failure });
  }
}

function mount({ mountPoint, options, flags, allowOther }: MountRequest): number {
  const readOnly = options.readOnly ?? false;
  const shared = ['default_permissions', ...(allowOther ? ['allow_other'] : [])];
  if (process.geteuid?.() !== 0) {
    const named = ['fsname=union', 'subtype=union', ...(readOnly ? ['ro'] : []), ...shared];
    const handed = mountByHelper(mountPoint, named);
    if (handed.kind === 'refused') throw new MountError(handed.message);
    return handed.device;
  }
  const identity = [`user_id=${process.getuid?.() ?? 0}`, `group_id=${process.getgid?.() ?? 0}`];
  try {
    const device = openFuseDevice();
    try {
      const words = [`fd=${device}`, 'rootmode=40000', ...identity, ...shared];
      mountFileSystem('fuse.union', 'union', mountPoint, words.join(','), { ...flags, readOnly });
    } catch (failure) {
      closeFuseDevice(device);
      throw failure;
    }
    return device;
  } catch (failure) {
    if (!(failure instanceof SystemError)) throw failure;
    throw new MountError(`${display(mountPoint)}: ${failure.message}: ${remedyFor(failure)}`);
  }
}

function remedyFor({ errno }: SystemError): string {
  if (errno === 'EPERM') return 'it takes CAP_SYS_ADMIN: run as root, or in `unshare -Urm`';
  return 'modprobe fuse; a container needs --device /dev/fuse';
}

function unmount(mountPoint: Bytes): string | undefined {
  if (process.geteuid?.() !== 0) return unmountByHelper(mountPoint, true);
  try {
    detachMount(mountPoint);
    return undefined;
  } catch (failure) {
    return (failure as Error).message;
  }
}
