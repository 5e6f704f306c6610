/** What it takes to serve a union of which the kernel knows a hundred thousand inodes. */
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { MountOptions } from '../../src/backend.js';
import { makeLayers, type Size } from './layers.js';
import { onUnion } from './measure.js';

const INODES = 100_000;
const size: Size = { directories: 0, files: 0, wide: INODES, changes: 0, large: 0 };

/** Each file is looked up by its name, as programs do, and then the directory is listed. */
export async function showMemory(name: string, place: string, options: MountOptions): Promise<string> {
  const layers = join(place, 'many');
  const directory = join(place, 'round');
  for (const made of [layers, directory]) mkdirSync(made);
  try {
    makeLayers(layers, size);
    const { memory } = await onUnion(name, directory, layers, options, async (root) => {
      for (let file = 0; file < INODES; file++) statSync(`${root}/wide/f${file}`);
      readdirSync(`${root}/wide`);
    });
    const text = memory === undefined ? 'nothing serves it' : `${(memory / 2 ** 20).toFixed(0)} MiB`;
    return `- ${name}: ${text}`;
  } finally {
    for (const made of [layers, directory]) rmSync(made, { recursive: true, force: true });
  }
}
