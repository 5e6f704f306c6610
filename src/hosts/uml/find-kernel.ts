import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findProgram } from '../../system/processes.js';
import type { Kernel } from './kernels.js';

/** A guest kernel that can be started. */
export interface FoundKernel {
  readonly release: string;
  /** The program; absolute. */
  readonly program: string;
  /** Where its modules lie: the directory with `modules.dep`. */
  readonly modules: string;
  /** A newer C library than this machine's, if it needs one. */
  readonly libraries?: string;
}

export interface NoKernel {
  readonly reason: string;
  readonly remedy: string;
}

export async function findKernel({ series }: Kernel): Promise<FoundKernel | NoKernel> {
  const remedy = 'apt-get install user-mode-linux (Debian 12)';
  const program = findProgram('linux.uml');
  if (program === undefined) return { reason: 'there is no linux.uml', remedy };
  const { stdout } = await promisify(execFile)(program, ['--version'], { timeout: 10_000 });
  const release = stdout.trim();
  if (!release.startsWith(`${series}.`)) return { reason: `${program} is Linux ${release}`, remedy };
  return { release, program, modules: `/usr/lib/uml/modules/${release}` };
}
