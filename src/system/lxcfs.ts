import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { type Bytes, toBuffer } from '../bytes.js';
import { SystemError } from './errno.js';
import { detachMount, mountFileSystem } from './mount.js';
import { setPropagation } from './mount-tree.js';
import { endProcess, findProgram, hasEnded, startProgram } from './processes.js';
import { waitFor } from './wait.js';

const STARTED_MS = 5_000;

/** It keeps its state below /run, whatever it is told: here that is a place of its own. */
const privately = 'mount -t tmpfs -o mode=0755 none /run && exec "$@"';

/** lxcfs(1): files like those of /proc that tell each process about the limits of its control groups. */
export class Lxcfs {
  /** Where the files are; absolute. */
  readonly root: Bytes;
  readonly #place: Bytes;
  readonly #pid: number;

  private constructor(place: Bytes, pid: number) {
    this.#place = place;
    this.root = `${place}/lxcfs` as Bytes;
    this.#pid = pid;
  }

  /**
   * @param place an empty directory; absolute.
   * @throws SystemError ENOENT when it is not installed, EIO with its words when it does not come up.
   */
  static start(place: Bytes): Lxcfs {
    if (findProgram('lxcfs') === undefined) throw new SystemError('ENOENT', 'find', 'lxcfs');
    // What it mounts in its own mount namespace shows here, for this mount is shared.
    mountFileSystem('tmpfs', 'lxcfs', place, 'mode=0755');
    setPropagation(place, 'shared');
    const log = toBuffer(`${place}/log` as Bytes);
    const root = toBuffer(`${place}/lxcfs` as Bytes).toString();
    mkdirSync(root);
    const lxcfs = [
      'lxcfs',
      '--enable-loadavg',
      '--enable-cfs',
      '--enable-pidfd',
      '-p',
      `${root}.pid`,
      '-f',
      root,
    ];
    const unshared = ['unshare', '--mount', '--propagation', 'unchanged', 'sh', '-c', privately, 'sh'];
    const pid = startProgram([...unshared, ...lxcfs], { directory: Buffer.from('/'), log });
    const isUp = () => existsSync(`${root}/proc/meminfo`) || undefined;
    const came = waitFor(
      () => isUp() ?? (pid === undefined || hasEnded(pid, 0) ? false : undefined),
      STARTED_MS,
    );
    if (came && pid !== undefined) return new Lxcfs(place, pid);
    const said = readFileSync(log, 'utf8').trim().split('\n').at(-1) ?? '';
    if (pid !== undefined) endProcess(pid, 0);
    detachMount(place);
    throw new SystemError('EIO', 'lxcfs', said);
  }

  end(): void {
    endProcess(this.#pid, 0);
    detachMount(this.#place);
  }
}
