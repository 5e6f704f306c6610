import {
  type Branch,
  type BranchChange,
  isWritable,
  type MountOptions,
  type Sandbox,
  type Union,
} from '../../backend.js';
import type { Bytes } from '../../bytes.js';
import { type Missing, missingNamespace } from '../../description/what-is-missing.js';
import type { OpenFile } from '../../files.js';
import { openDirectory } from '../../system/directory.js';
import { errnoOf } from '../../system/errno.js';
import { followKernelLog } from '../../system/kernel-log.js';
import { isMountPoint, mountFileSystem, unmountFileSystem } from '../../system/mount.js';
import { idOfMount, viewOf } from './introspection.js';
import { changeOption, isMisread, mountCalls, type Written } from './options.js';
import { flushPseudoLinks, removePseudoLinks } from './pseudo-links.js';
import { explainFailure, wordsOfAufs } from './refusal.js';

/** The branches, an aufs over them, and what has to be done around mount(2) and umount2(2). */
export function mountAufs(
  branches: readonly Branch[],
  sandbox: Sandbox,
  options: MountOptions,
): Union | Missing {
  const missing = missingNamespace(sandbox);
  if (missing !== undefined) return missing;
  const { mountPoint } = sandbox;
  const readOnly = options.readOnly ?? false;
  const remount = (option: string) =>
    mountFileSystem('aufs', 'none', mountPoint, option, { readOnly, remount: true });
  const log = followKernelLog();
  try {
    withPathsWritten((written) => {
      const inodeFile = `${written(sandbox.directory)}/xino`;
      const { mount, remounts } = mountCalls(branches, options, inodeFile, written);
      mountFileSystem('aufs', 'none', mountPoint, mount, { readOnly });
      for (const option of remounts) remount(option);
    });
  } catch (failure) {
    const refusal = explainFailure(errnoOf(failure), log.read(), sandbox);
    log.close();
    if (isMountPoint(mountPoint)) unmountFileSystem(mountPoint);
    return refusal;
  }
  const files = openDirectory(mountPoint);
  const known = new Map(branches.map((branch) => [branch.path, branch]));
  const writable = () => [...known.values()].filter(isWritable);
  const id = idOfMount(mountPoint);
  return {
    files,
    mountPoint,
    daemon: () => 'none',
    log: () => wordsOfAufs(log.read()).join('\n'),
    changeBranches(change) {
      withPathsWritten((written) => remount(changeOption(change, written)));
      follow(known, change);
    },
    kernelView: () => viewOf(mountPoint, id),
    unmount() {
      try {
        if (!readOnly) flushPseudoLinks(files, writable());
      } finally {
        log.close();
        unmountFileSystem(mountPoint);
      }
      removePseudoLinks(writable());
    },
  };
}

/** What the branches are after a change that succeeded. */
function follow(branches: Map<Bytes, Branch>, change: BranchChange): void {
  if ('branch' in change) branches.set(change.branch.path, change.branch);
  else if (change.change === 'delete') branches.delete(change.path);
  else {
    const branch = branches.get(change.path);
    if (branch !== undefined) branches.set(change.path, { ...branch, mode: change.mode });
  }
}

/**
 * aufs looks a branch up when it is named, so one whose path would be misread is named by a
 * descriptor, `/proc/self/fd/N`; sysfs shows its own path all the same.
 */
function withPathsWritten(use: (written: Written) => void): void {
  const open: OpenFile[] = [];
  const written = (path: Bytes): string => {
    if (!isMisread(path)) return path;
    const directory = openDirectory(path).open('' as Bytes, ['O_PATH', 'O_DIRECTORY']);
    open.push(directory);
    return `/proc/self/fd/${directory.descriptor}`;
  };
  try {
    use(written);
  } finally {
    for (const directory of open) directory.close();
  }
}
