import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bytes, bytes } from '../bytes.js';
import type { Files } from '../files.js';
import { openDirectory } from '../system/directory.js';
import { mountFileSystem } from '../system/mount.js';
import { setPropagation } from '../system/mount-tree.js';
import { emptyDirectory } from '../tree/remove-tree.js';
import { placeBeside } from './visible.js';

/**
 * Where the agent builds branches. In a sandbox it is a tmpfs of its own over a directory
 * that every Linux has, so that it vanishes with the sandbox's last process, however that
 * ends; without one it is a temporary directory that is removed at the end.
 */
export interface WorkArea {
  readonly path: Bytes;
  readonly files: Files;
  /** It is in a mount namespace of its own. */
  readonly isolated: boolean;
  /** A fresh directory for one scenario. */
  create(): { readonly name: Bytes; readonly path: Bytes };
  remove(name: Bytes): void;
  close(): void;
}

/**
 * @param visible paths that have to stay visible beside the tmpfs: the program, the report.
 */
export function openWorkArea(isolated: boolean, visible: readonly string[]): WorkArea {
  const root = isolated ? mountOwnTmpfs(visible) : mkdtempSync(join(tmpdir(), 'union-conformance-'));
  const files = openDirectory(bytes(root));
  let created = 0;
  return {
    path: bytes(root),
    files,
    isolated,
    create() {
      created += 1;
      const name = `s${created}` as Bytes;
      files.makeDirectory(name, 0o755);
      return { name, path: `${bytes(root)}/${name}` as Bytes };
    },
    remove(name) {
      emptyDirectory(files, name);
      files.removeDirectory(name);
    },
    close() {
      if (isolated) return;
      emptyDirectory(files, '' as Bytes);
      rmdirSync(root);
    },
  };
}

function mountOwnTmpfs(visible: readonly string[]): string {
  const place = placeBeside(visible);
  mountFileSystem('tmpfs', 'tmpfs', bytes(place), 'mode=0755', { noAtime: true });
  setPropagation(bytes(place), 'private');
  mkdirSync(join(place, 'union-conformance'), { mode: 0o755 });
  return join(place, 'union-conformance');
}
