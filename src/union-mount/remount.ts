import type { BranchChange } from '../backend.js';
import { type Bytes, display } from '../bytes.js';
import { UsageError } from '../catalogue/usage-error.js';
import { changeBranches } from '../fuse/control.js';
import { openDirectory } from '../system/directory.js';
import { type Errno, SystemError } from '../system/errno.js';
import type { WrittenChange, WrittenOptions } from './options.js';
import { planBranch } from './plan.js';

/** `-o remount,…`: changes the branches of a union that is mounted, in the order in which they are written. */
export function remount({ changes, branches }: WrittenOptions, mountPoint: Bytes): void {
  if (changes.length === 0 || branches.length > 0) {
    throw new UsageError(
      '-o remount: say what changes: append:, prepend:, add:INDEX:, del: or mod: a directory',
    );
  }
  const planned = changes.map(planChange);
  for (const change of planned) apply(change, mountPoint);
}

function planChange(written: WrittenChange): BranchChange {
  const branch = planBranch(written.branch, 'ro');
  switch (written.change) {
    case 'delete':
      return { change: 'delete', path: branch.path };
    case 'mode':
      if (written.branch.mode === undefined) throw new UsageError(`-o mod:${branch.name}: to which mode?`);
      return { change: 'mode', path: branch.path, mode: branch.mode };
    case 'insert':
      return { change: 'insert', at: written.at, branch };
    case 'append':
    case 'prepend':
      return { change: written.change, branch };
  }
}

function apply(change: BranchChange, mountPoint: Bytes): void {
  const place = display(mountPoint);
  const branch = display('branch' in change ? change.branch.path : change.path);
  const problems: Readonly<Record<Errno, string>> = {
    EBUSY: `${branch}: something is open in it, it is the last branch, or with passthrough a file is open for writing`,
    ENOENT: `${branch}: it is no branch of ${place}`,
    EINVAL: `${branch}: it is, or lies in, another branch, or holds one`,
    EOPNOTSUPP: `${place}: no union of union-mount is mounted there`,
    EPERM: `${place}: only root and who has mounted it may change its branches`,
  };
  try {
    changeBranches(openDirectory(mountPoint), change);
  } catch (failure) {
    if (!(failure instanceof SystemError)) throw failure;
    throw new UsageError(problems[failure.errno] ?? `${place}: ${failure.message}`);
  }
}
