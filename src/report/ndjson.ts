/**
 * `results.ndjson`: the header, one result per line as it comes, and the footer. Each line is
 * written at once, so that a run that is killed leaves everything it found out.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { Footer, Header, Report, Result } from '../outcome.js';

export interface NdjsonWriter {
  /** @throws Error when the header is not first, or anything follows the footer: a fault of the caller. */
  write(record: Header | Result | Footer): void;
}

export function createNdjsonWriter(write: (line: string) => void): NdjsonWriter {
  let expected: 'header' | 'result or footer' | 'nothing' = 'header';
  return {
    write(record) {
      const fits = expected === 'header' ? record.type === 'header' : record.type !== 'header';
      if (!fits || expected === 'nothing') {
        throw new Error(`results.ndjson: a ${record.type} where ${expected} is expected`);
      }
      expected = record.type === 'footer' ? 'nothing' : 'result or footer';
      write(`${JSON.stringify(record)}\n`);
    },
  };
}

/** Writes line by line into a new file; closing it without a footer leaves an incomplete run. */
export function openNdjsonFile(path: string): NdjsonWriter & Disposable {
  const file = openSync(path, 'w');
  const writer = createNdjsonWriter((line) => writeAll(file, Buffer.from(line)));
  return { write: writer.write, [Symbol.dispose]: () => closeSync(file) };
}

export function toNdjson(report: Report): string {
  const lines: string[] = [];
  const writer = createNdjsonWriter((line) => lines.push(line));
  for (const record of [report.header, ...report.results, report.footer]) writer.write(record);
  return lines.join('');
}

function writeAll(file: number, line: Buffer): void {
  for (let written = 0; written < line.length; ) {
    written += writeSync(file, line, written, line.length - written);
  }
}
