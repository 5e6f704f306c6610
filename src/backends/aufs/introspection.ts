/**
 * What the kernel shows of an aufs mount (aufs(5), "Sysfs and debugfs"): its line in the mount table has the option
 * `si=ID`, and `/sys/fs/aufs/si_ID/` holds for each branch N a file `brN`, `PATH=MODE`, and a file `bridN` with its
 * number, and a file `xi_path` with the path of the inode number file, which was removed as soon as it was open.
 * All of it goes when the union is unmounted.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { KernelView, ShownBranch } from '../../backend.js';
import { type Bytes, fromBuffer } from '../../bytes.js';
import { listMounts, unescaped } from '../../system/mount.js';

/** The option that leads to a union's directory: at most 16 hexadecimal digits, `si=4fd4f86664dfe1a0`. */
export function idIn(options: readonly string[]): string | undefined {
  return options.find((option) => /^si=[0-9a-f]+$/.test(option));
}

/** The option of the aufs that is mounted at a place; undefined when there is none. */
export function idOfMount(mountPoint: Bytes): string | undefined {
  const mounts = listMounts().filter((mount) => mount.type === 'aufs' && mount.mountPoint === mountPoint);
  return mounts.map(({ options }) => idIn(options)).at(-1);
}

/** @param id the option that the union had in the mount table while it was mounted. */
export function viewOf(mountPoint: Bytes, id: string | undefined): KernelView {
  const shown = idOfMount(mountPoint);
  const details = detailsOf(id);
  return { ...(shown === undefined ? {} : { id: shown }), ...(details === undefined ? {} : { details }) };
}

/** What sysfs shows of the union with an id; undefined when there is none. */
export function detailsOf(id: string | undefined): KernelView['details'] {
  const directory = id === undefined ? undefined : `/sys/fs/aufs/${id.replace('=', '_')}`;
  if (directory === undefined || !existsSync(directory)) return undefined;
  const read = (name: string) => fromBuffer(readFileSync(`${directory}/${name}`));
  const branches: ShownBranch[] = [];
  for (let index = 0; existsSync(`${directory}/br${index}`); index++) {
    branches.push({ ...parseBranch(read(`br${index}`)), number: Number(read(`brid${index}`)) });
  }
  return { branches, inodeFile: unescaped(read('xi_path').trim()) };
}

/** `PATH=MODE` and a line feed; a path may hold `=`, a mode does not. */
export function parseBranch(text: string): Omit<ShownBranch, 'number'> {
  const line = text.replace(/\n$/, '');
  const at = line.lastIndexOf('=');
  return { path: unescaped(line.slice(0, at)), mode: line.slice(at + 1) };
}
