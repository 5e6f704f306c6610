import type { Scenario } from '../outcome.js';

/** A command that runs one scenario again on one backend, for a POSIX shell. */
export function reproduce(backend: string, { uri, line }: Pick<Scenario, 'uri' | 'line'>): string {
  const program =
    process.env.npm_lifecycle_event === undefined ? 'npx union-conformance' : 'npm run conformance --';
  return [program, quote(`--backend=${backend}`), quote(`${uri}:${line}`)].join(' ');
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
