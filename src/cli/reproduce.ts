import { HOST } from '../hosts/host.js';
import type { Scenario } from '../outcome.js';
import { shellWords } from '../shell-words.js';

/** A command that runs one scenario again on one backend, for a POSIX shell. */
export function reproduce(backend: string, { uri, line }: Pick<Scenario, 'uri' | 'line'>): string {
  const program =
    process.env.npm_lifecycle_event === undefined ? 'npx union-conformance' : 'npm run conformance --';
  const host = process.env[HOST];
  const parameters = [
    ...(host === undefined ? [] : [`--on=${host}`]),
    `--backend=${backend}`,
    `${uri}:${line}`,
  ];
  return `${program} ${shellWords(parameters)}`;
}
