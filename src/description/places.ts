import { mkdirSync, rmSync } from 'node:fs';
import type { Sandbox } from '../backend.js';
import { type Bytes, toBuffer } from '../bytes.js';

/** What a union needs besides its branches, in the directory that is the backend's. */
export interface Places {
  readonly directory: Bytes;
  readonly mountPoint: Bytes;
  /** On the file system of the branches. */
  readonly work: Bytes;
  /** An empty directory: the lower branch of a union that has none. */
  readonly empty: Bytes;
  readonly log: Bytes;
  remove(): void;
}

export function makePlaces({ directory, mountPoint }: Pick<Sandbox, 'directory' | 'mountPoint'>): Places {
  const inside = (name: string) => `${directory}/${name}` as Bytes;
  const [work, empty, log] = [inside('work'), inside('empty'), inside('log')];
  for (const path of [work, empty]) mkdirSync(toBuffer(path), { recursive: true });
  return {
    directory,
    mountPoint,
    work,
    empty,
    log,
    remove() {
      for (const path of [work, empty, log]) rmSync(toBuffer(path), { recursive: true, force: true });
    },
  };
}
