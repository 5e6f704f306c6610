import { type Bytes, display, join } from '../bytes.js';
import type { Files, Stat } from '../files.js';
import { SystemError } from '../system/errno.js';
import { summarise } from './content.js';
import type { Entry, Tree } from './tree.js';
import { treeOf } from './tree.js';

export interface Reading {
  readonly tree: Tree;
  /** Where listing and lookup contradict each other, one sentence each. */
  readonly disagreements: readonly string[];
}

/**
 * Reads a whole tree. Two kinds of evidence are compared: the paths of `lookUp` are looked
 * up before anything is listed, every listed name is looked up, and then the paths are
 * looked up once more; a union whose caches hide a change shows it here.
 */
export function readTree(files: Files, lookUp: readonly Bytes[] = []): Reading {
  const disagreements: string[] = [];
  const before = lookUp.map((path) => exists(files, path));
  const entries: Entry[] = [];
  const root = files.lookup('' as Bytes);
  if (root === undefined) throw new SystemError('ENOENT', 'lstat');
  walk(files, '' as Bytes, root, entries, disagreements);
  const tree = treeOf(entries);
  lookUp.forEach((path, index) => {
    const name = display(path);
    const listed = tree.has(path);
    if (before[index] !== listed) {
      disagreements.push(`${name}: lookup ${found(before[index])}, listing ${found(listed)}`);
    }
    const after = exists(files, path);
    if (after !== listed) disagreements.push(`${name}: after the listing lookup ${found(after)}`);
  });
  return { tree, disagreements };
}

function found(is: boolean | undefined): string {
  return is === true ? 'finds it' : 'does not find it';
}

function exists(files: Files, path: Bytes): boolean {
  try {
    return files.lookup(path) !== undefined;
  } catch (failure) {
    if (failure instanceof SystemError && failure.errno === 'ENOTDIR') return false;
    throw failure;
  }
}

function walk(files: Files, path: Bytes, stat: Stat, entries: Entry[], disagreements: string[]): void {
  entries.push(entryOf(files, path, stat));
  if (stat.kind !== 'directory') return;
  const seen = new Set<Bytes>();
  for (const listed of files.list(path)) {
    const child = join(path, listed.name);
    if (seen.has(listed.name)) {
      disagreements.push(`${display(child)}: listed twice`);
      continue;
    }
    seen.add(listed.name);
    const found = attempt(child, disagreements, () => files.lookup(child));
    if (found === null) continue;
    if (found === undefined) disagreements.push(`${display(child)}: listed, but lookup does not find it`);
    else {
      if (found.kind !== listed.kind) {
        disagreements.push(`${display(child)}: listed as ${listed.kind}, but it is a ${found.kind}`);
      }
      attempt(child, disagreements, () => walk(files, child, found, entries, disagreements));
    }
  }
}

/** An entry that is listed has to be readable; one that is not is a disagreement, and null. */
function attempt<T>(path: Bytes, disagreements: string[], look: () => T): T | null {
  try {
    return look();
  } catch (failure) {
    if (!(failure instanceof SystemError)) throw failure;
    disagreements.push(`${display(path)}: listed, but ${failure.message}`);
    return null;
  }
}

function entryOf(files: Files, path: Bytes, stat: Stat): Entry {
  const { kind, mode, uid, gid, nlink, mtime } = stat;
  return {
    path,
    kind,
    mode,
    uid,
    gid,
    nlink,
    mtime,
    ...(kind === 'file' ? { content: readContent(files, path, stat.size) } : {}),
    ...(kind === 'symlink' ? { target: files.readLink(path) } : {}),
    ...(kind === 'character-device' || kind === 'block-device' ? { device: stat.device } : {}),
    attributes: attributesOf(files, path),
  };
}

/** A file's content as an `Entry` keeps it. */
export function readContent(files: Files, path: Bytes, size: number): Bytes {
  if (size === 0) return '' as Bytes;
  const file = files.open(path, ['O_RDONLY', 'O_NONBLOCK']);
  try {
    return summarise(file.read(0, size));
  } finally {
    file.close();
  }
}

/** Every extended attribute of an entry, by name. */
export function attributesOf(files: Files, path: Bytes): Record<string, Bytes> {
  const attributes: Record<string, Bytes> = {};
  for (const name of files.listAttributes(path).sort()) {
    attributes[name] = files.getAttribute(path, name).toString('latin1') as Bytes;
  }
  return attributes;
}
