/**
 * The format of fuse-overlayfs (fuse-overlayfs(1), its README): the kernel's whiteouts and
 * opaque attributes, and where it may not make a device, those of aufs; it honours both. For
 * an opaque directory it writes an attribute, a file `.wh..wh..opq`, and since 1.9 also a
 * device `.wh..opq`.
 */
import { type Bytes, join, nameOf } from '../bytes.js';
import { SystemError } from '../system/errno.js';
import { charDevice, interpretMarkers } from './char-device.js';
import { dotWh } from './dot-wh.js';
import type { Format } from './format.js';

const internal = /^(trusted|user)\.(fuseo|o)verlay(fs)?\./;
const OPAQUE_DEVICE = '.wh..opq' as Bytes;

export const charDeviceOrDotWh: Format = {
  name: 'char-device-or-dot-wh',

  interpret(branch) {
    const entries = [...branch].filter(([path]) => nameOf(path) !== OPAQUE_DEVICE);
    return dotWh.interpret(interpretMarkers(new Map(entries), internal));
  },

  whiteOut(branch, path) {
    try {
      charDevice.whiteOut(branch, path);
    } catch (failure) {
      if (!(failure instanceof SystemError && failure.errno === 'EPERM')) throw failure;
      dotWh.whiteOut(branch, path);
    }
  },

  removeWhiteout(branch, path) {
    try {
      charDevice.removeWhiteout(branch, path);
    } catch (failure) {
      if (!(failure instanceof SystemError && failure.errno === 'ENOENT')) throw failure;
      dotWh.removeWhiteout(branch, path);
    }
  },

  makeOpaque(branch, path) {
    branch.makeNode(join(path, '.wh..wh..opq' as Bytes), 'file', 0o700);
  },
};
