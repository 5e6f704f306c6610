import type { Bytes } from '../bytes.js';
import { SystemError } from '../system/errno.js';
import { isReserved } from './bookkeeping.js';
import type { Engine } from './engine.js';
import { type Entry, isDirectory } from './entry.js';
import { type Permissions, SEARCH } from './permissions.js';

const LINKS = 40;
const PATH = 4096;
const NAME = 255;

/** The last component of a path, and where it leads. */
export interface Located {
  /** `.` and `..` lead to directories, but name none that could be made or removed. */
  readonly last: 'name' | '.' | '..' | 'root';
  readonly directory: Entry;
  readonly name: Bytes;
  readonly entry: Entry | undefined;
  /** The path ends with a slash: it means a directory. */
  readonly slash: boolean;
}

/**
 * path_resolution(7) within a union: symbolic links, `.` and `..` never lead out of it.
 * @throws SystemError ENOENT, ENOTDIR, EACCES, ELOOP, ENAMETOOLONG; EPERM for names that begin with `.wh.`
 */
export function locate(engine: Engine, permissions: Permissions, path: Bytes, follow: boolean): Located {
  if (path.length >= PATH) throw new SystemError('ENAMETOOLONG', 'walk');
  const root = engine.root();
  let trail: Entry[] = [root];
  let slash = path.endsWith('/');
  const names = components(path);
  for (let links = 0; ; ) {
    const directory = trail.at(-1) ?? root;
    const name = names.pop();
    if (name === undefined) return { last: 'root', directory: root, name: path, entry: root, slash };
    if (!isDirectory(directory)) throw new SystemError('ENOTDIR', 'walk', path);
    permissions.require(directory, SEARCH, 'walk');
    const isLast = names.length === 0;
    if (name === '.' || name === '..') {
      if (name === '..' && trail.length > 1) trail.pop();
      if (isLast) return { last: name, directory, name: name as Bytes, entry: trail.at(-1), slash };
      continue;
    }
    const entry = lookUp(engine, directory, name as Bytes);
    const isLink = entry?.stat.kind === 'symlink';
    if (isLast && !(isLink && (follow || slash))) {
      return { last: 'name', directory, name: name as Bytes, entry, slash };
    }
    if (entry === undefined) throw new SystemError('ENOENT', 'walk', path);
    if (!isLink) {
      trail.push(entry);
      continue;
    }
    links += 1;
    if (links > LINKS) throw new SystemError('ELOOP', 'walk', path);
    const target = engine.readLink(entry);
    if (target.startsWith('/')) trail = [root];
    if (isLast && target.endsWith('/')) slash = true;
    names.push(...components(target));
  }
}

/** Last first. */
function components(path: Bytes): string[] {
  return path
    .split('/')
    .filter((name) => name !== '')
    .reverse();
}

function lookUp(engine: Engine, directory: Entry, name: Bytes): Entry | undefined {
  if (isReserved(name)) throw new SystemError('EPERM', 'walk', name);
  if (name.length > NAME) throw new SystemError('ENAMETOOLONG', 'walk');
  return engine.lookup(directory, name);
}

/** For operations on the name itself, where a slash behind it does not make the kernel follow a symbolic link. */
export function withoutSlashes(path: Bytes): Bytes {
  return path.replace(/(?<=[^/])\/+$/, '') as Bytes;
}
