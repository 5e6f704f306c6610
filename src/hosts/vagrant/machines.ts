import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '../../catalogue/package-root.js';

/** Where the Vagrantfile is. */
export const vagrantDirectory = join(packageRoot, 'vagrant');

/** A machine of `machines.yaml`, which the Vagrantfile reads too. */
export interface Machine {
  readonly name: string;
  readonly title: string;
  /** The provider it needs; without one, whichever there is. */
  readonly provider: 'docker' | undefined;
}

/** The first one is what `--on=vagrant` takes. */
export function readMachines(
  text = readFileSync(join(vagrantDirectory, 'machines.yaml'), 'utf8'),
): readonly Machine[] {
  type Described = { readonly title: string; readonly image?: string };
  return Object.entries(parse(text) as Record<string, Described>).map(([name, { title, image }]) => ({
    name,
    title,
    provider: image === undefined ? undefined : 'docker',
  }));
}
