/** Kernels that no package brings: programs of the user's own, with what the features need built in. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UsageError } from '../../catalogue/usage-error.js';
import { cacheDirectory } from '../../system/cache-directory.js';
import { findProgram } from '../../system/processes.js';
import { type FoundKernel, modulesOf } from './find-kernel.js';

/** Where `npm run aufs-kernel` puts what it makes. */
export function aufsKernel(): string {
  return join(cacheDirectory(), 'aufs-kernel', 'linux');
}

/** @throws UsageError when it has not been made. */
export function openAufsKernel(): FoundKernel {
  if (existsSync(aufsKernel())) return openKernel(aufsKernel());
  throw new UsageError(
    '--on=uml:aufs: this kernel has to be made first: npm run aufs-kernel, in a checkout of union-conformance',
  );
}

/**
 * The kernel in a file.
 * @throws UsageError when it is no program, or another one.
 */
export function openKernel(path: string): FoundKernel {
  const program = resolve(path);
  const refuse = (why: string) => new UsageError(`--on=uml:${path}: ${why}`);
  if (!existsSync(program)) throw refuse('there is no such file');
  if (findProgram(program) === undefined)
    throw refuse('it is not an executable file: want a kernel made with ARCH=um');
  const release = releaseOf(program);
  if (release === undefined) throw refuse('it is no User Mode Linux: want a kernel made with ARCH=um');
  return { release, program, modules: modulesOf(program, release) };
}

/** What `uname -r` would say in it; undefined of a program that is no such kernel. */
function releaseOf(program: string): string | undefined {
  try {
    const help = execFileSync(program, ['--help'], { timeout: 10_000, stdio: ['ignore', 'pipe', 'ignore'] });
    return /^User Mode Linux v(\S+)/.exec(help.toString())?.[1];
  } catch {
    return undefined;
  }
}
