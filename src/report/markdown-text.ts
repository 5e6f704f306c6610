/** Arbitrary text inside Markdown: nothing in it becomes markup. */
import { oneLine, printable } from './printable.js';

/** On one line, also within a table. */
export function plain(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]#|~@]/g, (character) => `\\${character}`)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/:\/\//g, ':&#47;/');
}

/** Inline code; for use outside of tables, which would split it at `|`. */
export function code(text: string): string {
  const line = oneLine(text);
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

export function codeBlock(text: string, language = ''): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${printable(text)}\n${fence}`;
}

/** A link when it is one, else text. */
export function reference(text = ''): string {
  return /^https:\/\/[^\s<>]+$/.test(text) ? `<${printable(text)}>` : plain(text);
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const alignment = head.map((_, column) => (column === 0 ? '---' : '--:'));
  return [head, alignment, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
