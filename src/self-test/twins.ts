import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../fixtures/faulty-unions/', import.meta.url));

/** The files of all faulty twins, in alphabetical order: every module of the folder itself is one. */
export function twinFiles(): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .sort()
    .map((name) => folder + name);
}
