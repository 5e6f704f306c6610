/**
 * What a storage driver notes of a layer beside its content, and what the kernel shows of the union that it makes of
 * layers for a container.
 */
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Bytes } from '../../bytes.js';
import type { UnionBranch } from '../../images.js';
import type { Mount } from '../../system/mount.js';
import { detailsOf, idIn } from '../aufs/introspection.js';

export interface ShownLayers {
  /** The directories of the layers below one, nearest first. @param directory the layer's; absolute. */
  below(directory: Bytes): readonly Bytes[];
  /** The branches of a union, highest first. @param home where the driver keeps everything; absolute. */
  branchesOf(mount: Mount, home: string): readonly UnionBranch[];
}

/** `diff/ID` is the content of a layer, `layers/ID` lists those below it. */
export const aufsLayers: ShownLayers = {
  below(directory) {
    const contents = dirname(directory);
    const list = readFileSync(resolve(contents, '../layers', basename(directory)), 'latin1');
    return idsIn(list).map((id) => `${contents}/${id}` as Bytes);
  },
  branchesOf: (mount) => detailsOf(idIn(mount.options))?.branches ?? [],
};

/** A line for each layer. */
export function idsIn(list: string): readonly string[] {
  return list.split('\n').filter((line) => line !== '');
}

/** `ID/diff` is the content of a layer, `ID/lower` lists short links, `l/LINK`, to those below it. */
export const overlay2Layers: ShownLayers = {
  below(directory) {
    const layer = dirname(directory);
    const list = `${layer}/lower`; // the lowest layer has none
    if (!existsSync(list)) return [];
    const links = readFileSync(list, 'latin1').trim().split(':');
    return links.map((link) => followed(resolve(layer, '..', link)));
  },
  branchesOf({ options }, home) {
    const { upper, lower } = overlayDirectories(options);
    return [
      ...upper.map((path) => ({ path: resolve(home, path) as Bytes, mode: 'rw' })),
      ...lower.map((path) => ({ path: followed(resolve(home, path)), mode: 'ro+wh' })),
    ];
  },
};

/** The paths of an overlay's options, highest first; one that no container can write to has no upper one. */
export function overlayDirectories(options: readonly string[]): {
  readonly upper: readonly string[];
  readonly lower: readonly string[];
} {
  const pathsOf = (name: string) =>
    options.filter((option) => option.startsWith(`${name}=`)).map((option) => option.slice(name.length + 1));
  return { upper: pathsOf('upperdir'), lower: pathsOf('lowerdir').flatMap((paths) => paths.split(':')) };
}

function followed(link: string): Bytes {
  return resolve(dirname(link), readlinkSync(link, 'latin1')) as Bytes;
}
