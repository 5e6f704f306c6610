import { type Bytes, display } from '../bytes.js';
import type { Time } from '../files.js';
import { showEntry } from './show-entry.js';
import type { Entry, Tree } from './tree.js';

/** One line of a tree diff: what was expected and is missing, what is there and was not expected. */
export type DiffLine = `  ${string}` | `- ${string}` | `+ ${string}`;

/** What two trees are compared by: `content` is what a reader sees, `everything` adds the metadata. */
export type Comparison = 'content' | 'everything';

/** Differences only; empty when the trees are alike. */
export function differences(expected: Tree, seen: Tree, by: Comparison): DiffLine[] {
  return diffTrees(expected, seen, by).filter((line) => !line.startsWith('  '));
}

/** Every path of both trees, in order; `-` expected, `+` seen. */
export function diffTrees(expected: Tree, seen: Tree, by: Comparison): DiffLine[] {
  const paths = [...new Set([...expected.keys(), ...seen.keys()])].sort();
  return paths.flatMap((path): DiffLine[] => {
    const [one, other] = [expected.get(path), seen.get(path)];
    const [wanted, found] = [describe(one, by), describe(other, by)];
    if (identity(one, by) === identity(other, by)) return path === '' ? [] : [`  ${name(path)}  ${wanted}`];
    return [
      ...(expected.has(path) ? [`- ${name(path)}  ${wanted}` as const] : []),
      ...(seen.has(path) ? [`+ ${name(path)}  ${found}` as const] : []),
    ];
  });
}

/** What is compared: the values themselves, for what is shown of them may be the same text. */
function identity(entry: Entry | undefined, by: Comparison): string | undefined {
  if (entry === undefined) return undefined;
  const { path, kind, content, target, device, opaque, mode, uid, gid, mtime, nlink, attributes } = entry;
  const seen = [path, kind, content, target, device, opaque];
  if (by === 'content') return JSON.stringify(seen);
  return JSON.stringify([...seen, mode, uid, gid, mtime, kind === 'directory' ? 0 : nlink, attributes]);
}

function name(path: Bytes): string {
  return path === '' ? '.' : display(path).replaceAll('\n', '\\x0a');
}

function describe(entry: Entry | undefined, by: Comparison): string {
  const shown = showEntry(entry);
  if (entry === undefined || by === 'content') return shown;
  const links = entry.kind === 'directory' ? '' : ` links ${entry.nlink}`;
  const attributes = Object.entries(entry.attributes).map(([key, value]) => ` ${key}=${display(value)}`);
  const mode = entry.mode.toString(8).padStart(4, '0');
  return `${shown}  mode ${mode} owner ${entry.uid}:${entry.gid} mtime ${showTime(entry.mtime)}${links}${attributes.join('')}`;
}

export function showTime(time: Time): string {
  return `${time.seconds}.${String(time.nanoseconds).padStart(9, '0')}`;
}
