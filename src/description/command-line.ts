import { type Branch, type BranchMode, isWritable, MountError } from '../backend.js';
import { type Bytes, display, toBuffer } from '../bytes.js';
import type { BranchSyntax, Description } from './description.js';

/** What may stand in a mount command; `{mountpoint}` alone in an unmount command. */
export const placeholders = ['branches', 'upper', 'lowers', 'work', 'mountpoint'] as const;

export type Placeholder = (typeof placeholders)[number];

export interface Places {
  readonly work: Bytes;
  /** An empty directory: the lower branch of a union that has none. */
  readonly empty: Bytes;
  readonly mountPoint: Bytes;
}

/**
 * The arguments that mount a union of these branches, highest first.
 * @throws MountError when the command cannot say it.
 */
export function mountCommand(
  description: Description,
  branches: readonly Branch[],
  places: Places,
): readonly string[] {
  const { name } = description;
  const none = !branches.some(isWritable);
  const command = none ? (description['mount-read-only'] ?? description.mount) : description.mount;
  const uses = (placeholder: Placeholder) => command.some((part) => part.includes(`{${placeholder}}`));
  const written = (path: Bytes) => writePath(description, path);
  const values: Partial<Record<Placeholder, string>> = {
    work: written(places.work),
    mountpoint: textOf(name, places.mountPoint),
  };
  if (uses('branches') && description.branches !== undefined) {
    values.branches = writeBranches(description.branches, branches, written);
  }
  if (uses('upper') || uses('lowers')) {
    const [top, ...rest] = branches;
    if (rest.some(isWritable)) {
      throw new MountError(`${name}: only its highest branch can be writable`);
    }
    if (uses('upper')) {
      if (top === undefined || none) throw new MountError(`${name}: it has to have a writable branch`);
      values.upper = written(top.path);
    }
    const lowers = (uses('upper') ? rest : branches).map(({ path }) => path);
    values.lowers = (lowers.length > 0 ? lowers : [places.empty])
      .map(written)
      .join(description.lowers?.separator ?? ':');
  }
  return fillIn(command, values);
}

/** Replaces each `{placeholder}` that has a value; everything else stays as it is. */
export function fillIn(
  command: readonly string[],
  values: Readonly<Partial<Record<Placeholder, string>>>,
): readonly string[] {
  return command.map((part) =>
    part.replace(/\{([a-z]+)\}/g, (whole, placeholder: Placeholder) => values[placeholder] ?? whole),
  );
}

function writeBranches(
  { format, separator, modes }: BranchSyntax,
  branches: readonly Branch[],
  written: (path: Bytes) => string,
): string {
  return branches
    .map(({ path, mode }) =>
      format.replace(/\{(path|mode)\}/g, (_, what) =>
        what === 'path' ? written(path) : modeName(modes, mode),
      ),
    )
    .join(separator);
}

/** A union that does not tell `ro+wh`, `rr` and `ro` apart has one name for all three. */
function modeName(modes: BranchSyntax['modes'], mode: BranchMode): string {
  return modes[mode] ?? modes.ro;
}

/** @throws MountError */
export function writePath(description: Pick<Description, 'name' | 'paths'>, path: Bytes): string {
  const { escape: escapes = {}, 'cannot-have': forbidden = '' } = description.paths ?? {};
  const letters = [...textOf(description.name, path)];
  const bad = letters.find((letter) => forbidden.includes(letter));
  if (bad !== undefined) {
    throw new MountError(
      `${description.name}: its command line cannot name ${display(path)}, for the ${bad} in it`,
    );
  }
  return letters.map((letter) => escapes[letter] ?? letter).join('');
}

/** Arguments reach a program as UTF-8, so a path that is none cannot be said. */
function textOf(name: string, path: Bytes): string {
  const text = toBuffer(path).toString('utf8');
  if (!Buffer.from(text).equals(toBuffer(path))) {
    throw new MountError(`${name}: ${display(path)} is not UTF-8`);
  }
  return text;
}
