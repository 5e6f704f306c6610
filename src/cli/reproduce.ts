import { HOST } from '../hosts/host.js';
import type { Scenario } from '../outcome.js';

/** A command that runs one scenario again on one backend, for a POSIX shell. */
export function reproduce(backend: string, { uri, line }: Pick<Scenario, 'uri' | 'line'>): string {
  const program =
    process.env.npm_lifecycle_event === undefined ? 'npx union-conformance' : 'npm run conformance --';
  const host = process.env[HOST];
  const words = [...(host === undefined ? [] : [`--on=${host}`]), `--backend=${backend}`, `${uri}:${line}`];
  return [program, ...words.map(quote)].join(' ');
}

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function quote(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (!/[\n\r\t]/.test(word)) return `'${word.replaceAll("'", "'\\''")}'`;
  // A line break would be lost where the command is shown on one line.
  return `$'${word.replace(/[\\'\n\r\t]/g, (character) => escapes[character] ?? `\\${character}`)}'`;
}
