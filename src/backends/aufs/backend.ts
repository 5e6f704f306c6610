import { readFileSync, rmSync } from 'node:fs';
import { release } from 'node:os';
import { defineBackend, MountError } from '../../backend.js';
import { toBuffer } from '../../bytes.js';
import { probeBranches } from '../../description/probe-branches.js';
import { dotWh } from '../../formats/dot-wh.js';
import { mountAufs } from './mount-aufs.js';

/** aufs(5), with the options that are its defaults. */
export default defineBackend({
  name: 'aufs',
  title: 'aufs, a patch of the Linux kernel, default options',
  capabilities: [
    'copy-on-write',
    'whiteouts',
    'opaque-directories',
    'whiteouts-in-read-only-branches',
    'plain-read-only-branches',
    'several-writable-branches',
    'no-writable-branch',
    'read-only-mount',
    'branch-changes',
    'creation-policies',
    'copy-up-policies',
    'revalidation',
    'change-notification',
    'rename-flags',
    'hard-links',
    'linked-copy-up',
    'stable-inodes',
    'extended-attributes',
    'sparse-copy-up',
    'special-files',
    'unnamed-files',
    'direct-io',
    'hole-punching',
    'introspection',
    'visible-to-programs',
    'dot-wh-whiteouts',
    'linked-whiteouts',
  ],
  format: dotWh,

  probe(sandbox) {
    const branches = probeBranches(sandbox);
    try {
      const union = mountAufs(branches, sandbox, {});
      if ('reason' in union) return { kind: 'unavailable', ...union };
      union.unmount();
      return { kind: 'available', version: version() };
    } finally {
      for (const { path } of branches) rmSync(toBuffer(path), { recursive: true, force: true });
    }
  },

  mount(branches, sandbox, options = {}) {
    const union = mountAufs(branches, sandbox, options);
    if ('reason' in union) throw new MountError(`${union.reason}; ${union.remedy}`);
    return union;
  },
});

/** MODULE_VERSION, `6.1-20240701`: the kernel it is for and its day. A kernel without module versions has none. */
function version(): string {
  try {
    return readFileSync('/sys/module/aufs/version', 'utf8').trim();
  } catch {
    return `${release()} (the kernel's)`;
  }
}
