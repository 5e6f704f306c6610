/**
 * `uml:KERNEL`: User Mode Linux, a kernel that is a program. It boots in seconds, needs no
 * hardware support and no image: its root is this machine's, read-only, below a throw-away
 * overlay. It gives control groups of version 2 and another version of overlayfs.
 */
import { fileURLToPath } from 'node:url';
import { UsageError } from '../../catalogue/usage-error.js';
import { defineHosts, type Job } from '../host.js';
import { bootGuest } from './boot-guest.js';
import { findKernel, getKernel } from './find-kernel.js';
import { kernels } from './kernels.js';
import type { Work } from './orders.js';

const suite = fileURLToPath(new URL('../../cli/main.js', import.meta.url));

const names = () => kernels.map(({ series }) => `uml:${series}`);

export default defineHosts({
  kind: 'uml',
  names,
  find(variant) {
    const kernel = kernels.find(({ series }) => series === variant);
    if (kernel === undefined) {
      throw new UsageError(
        variant === undefined
          ? `--on=uml wants a kernel: there are ${names().join(', ')}`
          : `--on=uml:${variant}: there is no such kernel; there are ${names().join(', ')}`,
      );
    }
    const { series } = kernel;
    return {
      name: `uml:${series}`,
      title: `User Mode Linux ${series}, a guest kernel on this machine`,
      async probe() {
        const found = await findKernel(kernel);
        return {
          kind: 'available',
          version: `Linux ${found?.release ?? `${kernel.release}, to be fetched`}`,
        };
      },
      async run(job, watch) {
        const found = await getKernel(kernel, watch.say);
        return 'reason' in found ? { kind: 'broke', ...found } : bootGuest(found, workOf(job), watch);
      },
    };
  },
});

/** Each system call of a guest is several of this machine's, so what does not hang may take longer. */
const limits = {
  UNION_CONFORMANCE_REQUEST_LIMIT_MS: process.env.UNION_CONFORMANCE_REQUEST_LIMIT_MS ?? '30000',
};

function workOf({ parameters, files, report, environment }: Job): Work {
  return {
    report,
    command: [process.execPath, suite, `--report=${report}`, ...parameters],
    files,
    directory: process.cwd(),
    environment: { PATH: process.env.PATH ?? '', HOME: '/root', ...limits, ...environment },
  };
}
