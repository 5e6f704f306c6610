/**
 * Layers as the archives that images are made of (OCI image specification, "Image Layer Filesystem Changeset"):
 * a deleted name is a file `.wh.NAME`, a directory that hides everything below it holds a file `.wh..wh..opq`.
 */
import { createHash } from 'node:crypto';
import { type Bytes, join, nameOf, parentOf } from '../bytes.js';
import type { Files, Stat } from '../files.js';
import { OPAQUE_MARKER, WHITEOUT_PREFIX } from '../formats/dot-wh.js';
import { SystemError } from '../system/errno.js';
import { attributesOf } from '../tree/read-tree.js';
import { type TarEntry, tarOf } from './tar.js';

export interface Layer {
  readonly archive: Buffer;
  /** `sha256:HEX` of the archive: what an image calls the layer (`RootFS.Layers`). */
  readonly diffId: string;
}

export function layerOf(entries: readonly TarEntry[]): Layer {
  const archive = tarOf(entries);
  return { archive, diffId: `sha256:${createHash('sha256').update(archive).digest('hex')}` };
}

/** overlayfs.rst, and fuse-overlayfs(1): the attribute of an opaque directory. */
const opaqueAttribute = /^(trusted|user)\.(fuseo|o)verlay(fs)?\.opaque$/;

/**
 * The entries of a branch, below a directory of the archive; markers of any format become those of archives.
 * @throws SystemError EOPNOTSUPP for a socket, which no tar archive can hold.
 */
export function entriesOf(branch: Files, below: Bytes): TarEntry[] {
  const entries: TarEntry[] = [];
  const firstLinks = new Map<string, Bytes>();
  function walk(path: Bytes): void {
    const stat = branch.lookup(path);
    if (stat === undefined) throw new SystemError('ENOENT', 'lstat', path);
    entries.push(...entryOf(branch, path, stat, below, firstLinks));
    if (stat.kind !== 'directory') return;
    const names = branch.list(path).map(({ name }) => name);
    for (const name of names.sort()) walk(join(path, name));
  }
  walk('' as Bytes);
  return entries;
}

function entryOf(
  branch: Files,
  path: Bytes,
  stat: Stat,
  below: Bytes,
  firstLinks: Map<string, Bytes>,
): TarEntry[] {
  const { kind, mode, uid, gid, mtime, atime, device } = stat;
  const at = path === '' ? below : join(below, path);
  const attributes = attributesOf(branch, path);
  const opaque = Object.keys(attributes).filter((name) => opaqueAttribute.test(name));
  for (const name of opaque) delete attributes[name];
  const common = { path: at, mode, uid, gid, mtime, atime, attributes };
  const marker = {
    kind: 'file',
    content: Buffer.alloc(0),
    mode: 0,
    uid,
    gid,
    mtime,
    attributes: {},
  } as const;
  const first = firstLinks.get(stat.ino);
  if (first !== undefined) return [{ ...common, attributes: {}, kind: 'link', target: first }];
  if (kind !== 'directory' && stat.nlink > 1) firstLinks.set(stat.ino, at);
  switch (kind) {
    case 'directory': {
      const marked = opaque.length > 0 ? [{ ...marker, path: join(at, OPAQUE_MARKER) }] : [];
      return [{ ...common, kind }, ...marked];
    }
    case 'file':
      return [{ ...common, kind, content: contentOf(branch, path, stat.size) }];
    case 'symlink':
      return [{ ...common, kind, target: branch.readLink(path) }];
    case 'character-device':
      if (device.major === 0 && device.minor === 0) {
        const name = `${WHITEOUT_PREFIX}${nameOf(at)}` as Bytes;
        return [{ ...marker, path: join(parentOf(at), name) }];
      }
      return [{ ...common, kind, device }];
    case 'block-device':
      return [{ ...common, kind, device }];
    case 'fifo':
      return [{ ...common, kind }];
    case 'socket':
      throw new SystemError('EOPNOTSUPP', 'archive of a socket', path);
  }
}

function contentOf(branch: Files, path: Bytes, size: number): Buffer {
  const file = branch.open(path, ['O_RDONLY']);
  try {
    return file.read(0, size);
  } finally {
    file.close();
  }
}
