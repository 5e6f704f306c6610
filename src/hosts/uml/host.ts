/**
 * `uml:SERIES` or `uml:FILE`: User Mode Linux, a kernel that is a program. It boots in seconds, needs no
 * hardware support and no image: its root is this machine's, read-only, below a throw-away
 * overlay. It gives control groups of version 2 and another version of overlayfs.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../../catalogue/usage-error.js';
import { defineHosts, type Host, type Job } from '../host.js';
import { bootGuest } from './boot-guest.js';
import { type FoundKernel, findKernel, getKernel } from './find-kernel.js';
import { type Kernel, kernels } from './kernels.js';
import type { Work } from './orders.js';
import { aufsKernel, openAufsKernel, openKernel } from './own-kernel.js';

const suite = fileURLToPath(new URL('../../cli/main.js', import.meta.url));

const names = () => [
  ...kernels.map(({ series }) => `uml:${series}`),
  ...(existsSync(aufsKernel()) ? ['uml:aufs'] : []),
];

export default defineHosts({
  kind: 'uml',
  names,
  find(variant) {
    if (variant === 'aufs') return hostOf(variant, openAufsKernel());
    if (variant?.includes('/')) return hostOf(variant, openKernel(variant));
    const kernel = kernels.find(({ series }) => series === variant);
    if (kernel !== undefined) return packagedHost(kernel);
    const known = `there are ${names().join(', ')}, or a file: --on=uml:./linux`;
    throw new UsageError(
      variant === undefined
        ? `--on=uml wants a kernel: ${known}`
        : `--on=uml:${variant}: there is no such kernel; ${known}`,
    );
  },
});

function hostOf(variant: string, kernel: FoundKernel): Host {
  return {
    name: `uml:${variant}`,
    title: `User Mode Linux ${kernel.release}, a guest kernel on this machine`,
    probe: async () => ({ kind: 'available', version: `Linux ${kernel.release}` }),
    run: (job, watch) => bootGuest(kernel, workOf(job), watch),
  };
}

function packagedHost(kernel: Kernel): Host {
  const { series, release } = kernel;
  return {
    name: `uml:${series}`,
    title: `User Mode Linux ${series}, a guest kernel on this machine`,
    async probe() {
      const found = await findKernel(kernel);
      return { kind: 'available', version: `Linux ${found?.release ?? `${release}, to be fetched`}` };
    },
    async run(job, watch) {
      const found = await getKernel(kernel, watch.say);
      return 'reason' in found ? { kind: 'broke', ...found } : bootGuest(found, workOf(job), watch);
    },
  };
}

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
