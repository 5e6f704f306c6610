/**
 * Where the files lie that the kernel knows: what is looked up is opened, read and looked at next, and
 * need not be looked for in every branch again. It holds until a name changes anywhere, and only where
 * nobody else changes names.
 */
import { join } from '../bytes.js';
import type { Engine } from '../union/engine.js';
import type { Entry } from '../union/entry.js';
import type { Node } from './node.js';

/** For a file with one name, whose inode is where its name is. */
export function keepPlace(node: Node, entry: Entry, { generation, version }: Engine): void {
  const { kind, branch, home } = entry;
  const isPlain = kind === 'file' && home.branch === branch && home.path === entry.path;
  node.branch = isPlain && version !== undefined ? branch : -1;
  node.version = version ?? -1;
  node.generation = generation;
}

/** @param find the entry of a directory as it is now */
export function knownFile(
  { names, ino, branch, version, generation }: Node,
  engine: Engine,
  find: (directory: Node) => Entry | undefined,
): Entry | undefined {
  if (branch < 0 || generation !== engine.generation || version !== engine.version) return undefined;
  const [name, other] = names;
  if (name === undefined || other !== undefined) return undefined;
  const directory = find(name.directory);
  return directory && engine.fileAt(join(directory.path, name.name), branch, ino);
}
