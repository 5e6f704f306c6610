import { listBackends } from '../backends/load-backend.js';
import { checkBackends } from './check-backends.js';
import type { RunOptions } from './options.js';
import { selectScenarios } from './selection.js';

/** Prints the backends and the selected scenarios, one a line: id, title, place. */
export async function list(options: RunOptions): Promise<number> {
  await checkBackends(options.backends);
  const { scenarios } = selectScenarios(options);
  const width = Math.max(...scenarios.map(({ id }) => id.length));
  const lines = [
    `backends: ${listBackends().join(', ')}`,
    '',
    ...scenarios.map(({ id, name, uri, line, tags }) => {
      const conditions = tags.filter((tag) => /^@(needs|requires|claim):/.test(tag)).join(' ');
      return `${id.padEnd(width)}  ${name}  (${uri}:${line})${conditions === '' ? '' : `  ${conditions}`}`;
    }),
    '',
    `${scenarios.length} scenarios`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}
