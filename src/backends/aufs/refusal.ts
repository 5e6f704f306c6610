import { readFileSync } from 'node:fs';
import type { Sandbox } from '../../backend.js';
import type { Missing } from '../../description/what-is-missing.js';
import type { Errno } from '../../system/errno.js';

/** What the kernel has said of aufs, without the place in its source and the process it was said to. */
export function wordsOfAufs(messages: readonly string[]): string[] {
  return messages.flatMap((message) => {
    const [, words] = /^aufs(?: \w+:\d+:.*?\[\d+\])?: (.*)$/.exec(message) ?? [];
    if (words !== undefined) return [words];
    // One complaint of aufs 6.1 has no name before it.
    return message.startsWith('wrong value, ') ? [message] : [];
  });
}

/**
 * mount(2) says EINVAL for whatever is wrong with the options; the reason is in the kernel's log
 * alone.
 */
export function explainFailure(
  errno: Errno,
  messages: readonly string[],
  sandbox: Pick<Sandbox, 'privileged'>,
): Missing {
  const words = wordsOfAufs(messages);
  const reason = `mount of type aufs: ${errno}${words.length > 0 ? ` (${words.join('; ')})` : ''}`;
  return {
    reason: errno === 'ENODEV' ? `${reason}, and ${registered()}` : reason,
    remedy: remedyOf(errno, sandbox) ?? 'see the end of dmesg',
  };
}

export const howToGetAufs =
  'modprobe aufs, where the kernel has it as a module; a kernel built here needs the patches of github.com/sfjro/aufs-standalone and CONFIG_AUFS_FS; or run it on another machine: --on=uml:aufs, --on=vagrant';

function registered(): string {
  const known = readFileSync('/proc/filesystems', 'utf8').includes('\taufs\n');
  return `/proc/filesystems has ${known ? 'aufs' : 'no aufs'}`;
}

function remedyOf(errno: Errno, { privileged }: Pick<Sandbox, 'privileged'>): string | undefined {
  const remedies: Readonly<Record<Errno, string>> = {
    ENODEV: howToGetAufs,
    EPERM: privileged
      ? 'a security module or a container forbids it'
      : 'aufs cannot be mounted in a user namespace: run as root',
    EINVAL: 'see the end of dmesg, where aufs says what it does not take',
    ENOSPC: 'aufs takes at most 127 branches (CONFIG_AUFS_BRANCH_MAX_127)',
    ENOENT: 'the mount point or a branch does not exist',
    ENOTDIR: 'the mount point or a branch is not a directory',
    EBUSY: 'something is open in the branch',
  };
  return remedies[errno];
}
