import { defineBackend } from '../../backend.js';
import { describedBackend } from '../../description/described-backend.js';
import { mountDescribed } from '../../description/mount-described.js';
import { changeBranches } from '../../fuse/control.js';
import { describe } from './description.js';

export default defineBackend({
  ...describedBackend(describe({})),

  mount(branches, sandbox, options = {}) {
    const union = mountDescribed(describe(options), branches, sandbox);
    return { ...union, changeBranches: (change) => changeBranches(union.files, change) };
  },
});
