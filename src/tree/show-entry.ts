import { createHash } from 'node:crypto';
import { type Bytes, display, toBuffer } from '../bytes.js';
import type { Entry } from './tree.js';

/** An entry as a table cell shows it: `(directory)`, `-> target`, a file's content. */
export function showEntry(
  entry: Pick<Entry, 'kind' | 'content' | 'target' | 'device' | 'opaque'> | undefined,
): string {
  if (entry === undefined) return '(nothing)';
  switch (entry.kind) {
    case 'file':
      return showContent(entry.content ?? ('' as Bytes));
    case 'directory':
      return entry.opaque === true ? '(opaque)' : '(directory)';
    case 'symlink':
      return `-> ${display(entry.target ?? ('' as Bytes))}`;
    case 'character-device':
      return `(char ${entry.device?.major}:${entry.device?.minor})`;
    case 'block-device':
      return `(block ${entry.device?.major}:${entry.device?.minor})`;
    default:
      return `(${entry.kind})`;
  }
}

/** Cut when it is long, and then with its digest: what is shown differs whenever the content does. */
export function showContent(content: Bytes): string {
  if (content === '') return '(empty)';
  const text = display(content).replaceAll('\n', '\\n');
  if (text.length <= 120) return text;
  const digest = createHash('sha256').update(toBuffer(content)).digest('hex').slice(0, 16);
  return `${text.slice(0, 100)}… (${content.length} bytes, sha256 ${digest})`;
}
