import { SystemError } from '../system/errno.js';
import type { Format } from './format.js';

/** No markers: a pool of branches shows what its branches hold, and a deleted entry is deleted. */
export const none: Format = {
  name: 'none',
  interpret: (branch) => branch,
  whiteOut(_, path) {
    throw new SystemError('EOPNOTSUPP', 'whiteout', path);
  },
  removeWhiteout(_, path) {
    throw new SystemError('ENOENT', 'whiteout', path);
  },
  makeOpaque(_, path) {
    throw new SystemError('EOPNOTSUPP', 'opaque', path);
  },
};
