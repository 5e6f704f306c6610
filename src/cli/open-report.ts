import { mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../catalogue/usage-error.js';
import type { Header, Report, Result } from '../outcome.js';
import { openNdjsonFile } from '../report/ndjson.js';
import { writeReport } from '../report/write-report.js';

/** Not mkdir's own recursion: it never ends below /proc, where every mkdir(2) says ENOENT. */
function makeDirectories(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  makeDirectories(dirname(path));
  mkdirSync(path);
}

/**
 * The report directory of a run: `results.ndjson` grows as results come, the others are
 * written at the end.
 * @throws UsageError when the directory cannot be made or written to.
 */
export function openReport(directory: string) {
  let file: ReturnType<typeof openNdjsonFile> | undefined;
  try {
    makeDirectories(resolve(directory));
    file = openNdjsonFile(join(directory, 'results.ndjson'));
  } catch (failure) {
    const { code = String(failure) } = failure as NodeJS.ErrnoException;
    throw new UsageError(`--report=${directory}: cannot be written to (${code}); name a directory that can`);
  }
  return {
    open: (header: Header) => file?.write(header),
    add: (result: Result) => file?.write(result),
    /** Leaves what was written as it is. */
    abandon: () => file?.[Symbol.dispose](),
    close(report: Report) {
      file?.[Symbol.dispose]();
      file = undefined;
      writeReport(directory, report);
    },
  };
}
