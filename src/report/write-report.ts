/** Writes a whole report into a directory: for people, for CIs, and for programs. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../outcome.js';
import { toHtml } from './html/page.js';
import { toJunit } from './junit.js';
import { toMarkdown } from './markdown.js';
import { toNdjson } from './ndjson.js';

export const reportFiles = {
  'results.ndjson': toNdjson,
  'junit.xml': toJunit,
  'summary.md': toMarkdown,
  'index.html': toHtml,
} as const satisfies Readonly<Record<string, (report: Report) => string>>;

/**
 * Makes the directory when it is missing. A file is replaced at once: who reads it sees the old
 * or the new one.
 * @returns the paths written.
 * @throws the error of node:fs, with its errno in `code`.
 */
export function writeReport(directory: string, report: Report): readonly string[] {
  mkdirSync(directory, { recursive: true });
  return Object.entries(reportFiles).map(([name, show]) => {
    const path = join(directory, name);
    const unfinished = `${path}.${process.pid}`;
    try {
      writeFileSync(unfinished, show(report));
      renameSync(unfinished, path);
    } catch (failure) {
      rmSync(unfinished, { force: true }); // a full disk has to hold no half of a report
      throw failure;
    }
    return path;
  });
}
