import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findProgram } from '../../system/processes.js';
import { FetchError, placeOf, unpacked } from './fetch-package.js';
import type { Kernel } from './kernels.js';

/** A guest kernel that can be started. */
export interface FoundKernel {
  readonly release: string;
  /** The program; absolute. */
  readonly program: string;
  /** Where its modules lie: the directory with `modules.dep`. There is none when all is built in. */
  readonly modules: string;
  /** A newer C library than this machine's, if it needs one. */
  readonly libraries?: string;
}

/** Where Debian's package has them: in `/usr/lib/uml/modules` for `/usr/bin/linux.uml`. */
export function modulesOf(program: string, release: string): string {
  return join(dirname(program), '../lib/uml/modules', release);
}

export interface NoKernel {
  readonly reason: string;
  readonly remedy: string;
}

/** The kernel that is here already: installed, or fetched before. */
export async function findKernel(kernel: Kernel): Promise<FoundKernel | undefined> {
  const installed = await installedKernel(kernel);
  if (installed !== undefined) return installed;
  const isHere = [kernel.package, ...(kernel.library ? [kernel.library] : [])].every((file) =>
    existsSync(placeOf(file)),
  );
  return isHere ? fetchedKernel(kernel, () => {}) : undefined;
}

/** The kernel that is here, or the one that can be fetched. */
export async function getKernel(
  kernel: Kernel,
  say: (line: string) => void,
): Promise<FoundKernel | NoKernel> {
  const found = await findKernel(kernel);
  if (found !== undefined) return found;
  try {
    return await fetchedKernel(kernel, say);
  } catch (failure) {
    if (!(failure instanceof FetchError)) throw failure;
    return {
      reason: `there is no linux.uml of Linux ${kernel.series}, and it cannot be fetched (${failure.message})`,
      remedy: `apt-get install user-mode-linux, on a Debian whose kernel is ${kernel.series}; or a network`,
    };
  }
}

/** Whatever `linux.uml` is installed, if it is of the series: its distribution keeps it current. */
async function installedKernel({ series }: Kernel): Promise<FoundKernel | undefined> {
  const program = findProgram('linux.uml');
  if (program === undefined) return undefined;
  const { stdout } = await promisify(execFile)(program, ['--version'], { timeout: 10_000 });
  const release = stdout.trim();
  if (!release.startsWith(`${series}.`)) return undefined;
  return { release, program, modules: modulesOf(program, release) };
}

async function fetchedKernel(kernel: Kernel, say: (line: string) => void): Promise<FoundKernel> {
  const { release, library } = kernel;
  const program = join(await unpacked(kernel.package, say), 'usr/bin/linux.uml');
  return {
    release,
    program,
    modules: modulesOf(program, release),
    ...(library && { libraries: join(await unpacked(library, say), 'usr/lib/x86_64-linux-gnu') }),
  };
}
