import { rmdirSync } from 'node:fs';
import { release } from 'node:os';
import { defineBackend, MountError } from '../../backend.js';
import { toBuffer } from '../../bytes.js';
import { probeBranches } from '../../description/probe-branches.js';
import { charDevice } from '../../formats/char-device.js';
import { mountOverlay } from './mount-overlay.js';

/** Documentation/filesystems/overlayfs.rst, with the options that the kernel has as its defaults. */
export default defineBackend({
  name: 'overlay',
  title: 'overlay of the Linux kernel, default options',
  capabilities: [
    'copy-on-write',
    'whiteouts',
    'opaque-directories',
    'whiteouts-in-read-only-branches',
    'no-writable-branch',
    'rename-flags',
    'hard-links',
    'stable-inodes',
    'extended-attributes',
    'access-control-lists',
    'sparse-copy-up',
    'full-length-names',
    'special-files',
    'unnamed-files',
    'direct-io',
    'hole-punching',
    'visible-to-programs',
    'char-device-whiteouts',
  ],
  format: charDevice,

  probe(sandbox) {
    const branches = probeBranches(sandbox);
    try {
      const union = mountOverlay(branches, sandbox);
      if ('reason' in union) return { kind: 'unavailable', ...union };
      union.unmount();
      return { kind: 'available', version: `Linux ${release()}` };
    } finally {
      for (const { path } of branches) rmdirSync(toBuffer(path));
    }
  },

  mount(branches, sandbox) {
    const union = mountOverlay(branches, sandbox);
    if ('reason' in union) throw new MountError(`${union.reason}; ${union.remedy}`);
    return union;
  },
});
