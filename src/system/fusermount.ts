/** Mounts for who is not root: `fusermount3(1)` opens /dev/fuse, mounts it and hands it over. */
import { spawnSync } from 'node:child_process';
import { type Bytes, toBuffer } from '../bytes.js';
import { libc, succeed } from './libc.js';
import { receiveDescriptor, socketPair } from './sockets.js';

const PROGRAM = 'fusermount3';

export type Handed =
  | { readonly kind: 'mounted'; readonly device: number }
  | { readonly kind: 'refused'; readonly message: string };

/** `options` as for mount(8), without those that fusermount3 adds itself. */
export function mountByHelper(mountPoint: Bytes, options: readonly string[]): Handed {
  const [ours, theirs] = socketPair();
  try {
    // The descriptor that the helper is to answer on: the first behind the three standard ones.
    const ran = spawnSync(PROGRAM, ['-o', options.join(','), '--', text(mountPoint)], {
      env: { ...process.env, _FUSE_COMMFD: '3' },
      stdio: ['ignore', 'ignore', 'pipe', theirs],
      encoding: 'utf8',
    });
    if (ran.error !== undefined) return { kind: 'refused', message: missing };
    if (ran.status !== 0) return { kind: 'refused', message: ran.stderr.trim() };
    return { kind: 'mounted', device: receiveDescriptor(ours) };
  } finally {
    for (const end of [ours, theirs]) succeed('close', '', libc.close(end));
  }
}

/** @returns what the helper has to say when it fails */
export function unmountByHelper(mountPoint: Bytes, lazily: boolean): string | undefined {
  const options = lazily ? ['-u', '-z'] : ['-u'];
  const ran = spawnSync(PROGRAM, [...options, '--', text(mountPoint)], { encoding: 'utf8' });
  if (ran.error !== undefined) return missing;
  return ran.status === 0 ? undefined : ran.stderr.trim();
}

const missing = `${PROGRAM} is not there: apt-get install fuse3, or mount as root`;

/** Node passes arguments in UTF-8: another name of a mount point cannot be said to a program. */
function text(path: Bytes): string {
  return toBuffer(path).toString('utf8');
}
