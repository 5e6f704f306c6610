/** Reads `results.ndjson` back, and says file, line and what when something is wrong with it. */
import type { Footer, Header, Report, Result } from '../outcome.js';
import { keyOf } from './every-result.js';
import { invalidRecord } from './record-schema.js';

export type ReadReport =
  | { readonly kind: 'complete'; readonly report: Report }
  /** There is no footer: the run was stopped, or is still going on. */
  | { readonly kind: 'incomplete'; readonly header: Header; readonly results: readonly Result[] }
  /** Each problem is `FILE:LINE: what`; at most twenty. */
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

export function readReport(text: string, file = 'results.ndjson'): ReadReport {
  const reader = new Reader();
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const isLast = index === lines.length - 1;
    if (isLast && (line === '' || (reader.header !== undefined && isCutOff(line)))) break;
    const problem = reader.read(line);
    if (problem !== undefined) reader.problems.push(`${file}:${index + 1}: ${problem}`);
    if (reader.header === undefined || reader.problems.length === 20) break;
  }
  const { header, results, footer, problems } = reader;
  if (problems.length > 0) return { kind: 'invalid', problems };
  if (header === undefined) return { kind: 'invalid', problems: [`${file}:1: it is empty`] };
  return footer === undefined
    ? { kind: 'incomplete', header, results }
    : { kind: 'complete', report: { header, results, footer } };
}

class Reader {
  readonly problems: string[] = [];
  readonly results: Result[] = [];
  header: Header | undefined;
  footer: Footer | undefined;
  readonly #seen = new Set<string>();

  /** What is wrong with the next line, if anything is. */
  read(line: string): string | undefined {
    if (this.footer !== undefined) return 'the footer is the last line of a report, and this follows it';
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (error) {
      return `this is no JSON: ${error instanceof Error ? error.message : error}`;
    }
    const invalid = invalidRecord(value);
    if (invalid !== undefined) return invalid;
    return this.#take(value as Header | Result | Footer);
  }

  #take(record: Header | Result | Footer): string | undefined {
    if (this.header === undefined) {
      if (record.type !== 'header')
        return `the first line is a ${record.type}; a report begins with its header`;
      this.header = record;
      return undefined;
    }
    switch (record.type) {
      case 'header':
        return 'a second header: reports are merged by the command, not by appending';
      case 'footer':
        this.footer = record;
        return undefined;
      case 'result':
        this.results.push(record);
        return this.#unknown(record, this.header);
    }
  }

  #unknown({ backend, scenario }: Result, header: Header): string | undefined {
    if (!header.backends.some(({ name }) => name === backend)) {
      return `a result of the backend ${JSON.stringify(backend)}, which the header does not name`;
    }
    if (!header.scenarios.some(({ id }) => id === scenario)) {
      return `a result of the scenario ${JSON.stringify(scenario)}, which the header does not name`;
    }
    const key = keyOf(backend, scenario);
    if (this.#seen.has(key)) return `a second result of ${scenario} on ${backend}`;
    this.#seen.add(key);
    return undefined;
  }
}

/** The last line of a run that was killed may be half written; half of an object is never JSON. */
function isCutOff(line: string): boolean {
  try {
    JSON.parse(line);
    return false;
  } catch {
    return true;
  }
}
