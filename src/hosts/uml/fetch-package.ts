/** Packages of the Debian archive, unpacked once into a cache. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { cacheDirectory } from '../../system/cache-directory.js';

/** One file of the archive, by what it contains. */
export interface PinnedPackage {
  /** Below the root of the archive. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
}

/** The archive keeps the newest packages of each release; what it had on a day stays in the second one. */
const archives = [
  'http://deb.debian.org/debian',
  'https://snapshot.debian.org/archive/debian/20261121T000000Z',
];

const LIMIT_MS = 300_000;

/** A package could not be had: what was tried, and what came back. */
export class FetchError extends Error {
  override readonly name = 'FetchError';
}

/** The directory that a package is, or would be, unpacked in. */
export function placeOf({ path }: PinnedPackage): string {
  return join(cacheDirectory(), basename(path, '.deb'));
}

/**
 * The directory with the package's files, which are fetched when they are not there.
 * @throws FetchError
 */
export async function unpacked(file: PinnedPackage, say: (line: string) => void): Promise<string> {
  const place = placeOf(file);
  if (existsSync(place)) return place;
  say(`fetches ${basename(file.path)} (${Math.round(file.size / 1e6)} MB)`);
  const content = await fetchFile(file);
  const workshop = `${place}.partial-${process.pid}`;
  try {
    mkdirSync(workshop, { recursive: true });
    sweep();
    writeFileSync(join(workshop, 'package.deb'), content);
    await execa('dpkg-deb', ['--extract', join(workshop, 'package.deb'), join(workshop, 'files')]);
    renameSync(join(workshop, 'files'), place);
  } catch (failure) {
    if (existsSync(place)) return place; // another run was faster
    const { stderr, message, code } = failure as { stderr?: string; message: string; code?: string };
    throw new FetchError(code === 'ENOENT' ? 'there is no dpkg-deb: install dpkg' : stderr || message);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
  return place;
}

async function fetchFile({ path, size, sha256 }: PinnedPackage): Promise<Buffer> {
  const refusals: string[] = [];
  for (const archive of archives) {
    const url = `${archive}/${path.replaceAll('+', '%2B')}`;
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(LIMIT_MS) });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      const content = Buffer.from(await response.arrayBuffer());
      const sum = createHash('sha256').update(content).digest('hex');
      if (sum === sha256) return content;
      throw new Error(`sha256 ${sum} of ${content.length} bytes, not ${sha256} of ${size}`);
    } catch (failure) {
      const { message, cause } = failure as Error;
      refusals.push(`${url}: ${cause instanceof Error ? cause.message : message}`);
    }
  }
  throw new FetchError(refusals.join('; '));
}

/** What runs that were killed have left. */
function sweep(): void {
  for (const name of readdirSync(cacheDirectory())) {
    const [, pid] = /\.partial-(\d+)$/.exec(name) ?? [];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) {
      rmSync(join(cacheDirectory(), name), { recursive: true, force: true });
    }
  }
}
