/** One report of the reports of several hosts: a column for each backend on each host. Pure. */
import type { Footer, Header, Report, Result } from '../outcome.js';
import { countVerdicts } from './score.js';

/** What came of a run on one host. */
export interface Part {
  readonly host: string;
  /** As far as it came; nothing when it did not come to its header. */
  readonly report?: {
    readonly header: Header;
    readonly results: readonly Result[];
    readonly footer?: Footer;
  };
  /** Of the suite, when it ended without a whole report. */
  readonly exitCode?: number;
  /** What went wrong with the host, or with its report. */
  readonly problems: readonly string[];
}

/** The exit codes of runs, better ones first. */
const severity = [0, 2, 1, 64, 70];

export function worst(codes: readonly number[]): number {
  const rank = (code: number) => (severity.includes(code) ? severity.indexOf(code) : severity.length);
  return codes.reduce((worse, code) => (rank(code) > rank(worse) ? code : worse), 0);
}

/** Without a footer results are missing, which is 2 at least. */
export function exitCodeOf({ report, exitCode = 0, problems }: Part): number {
  return worst([report?.footer?.exitCode ?? 2, exitCode, problems.length > 0 ? 2 : 0]);
}

/**
 * @param duration of all, in milliseconds.
 * @returns undefined when no host came so far that anything can be told.
 */
export function mergeReports(parts: readonly Part[], duration: number): Report | undefined {
  const first = parts.find(({ report }) => report !== undefined)?.report;
  if (first === undefined) return undefined;
  const isOne = parts.length === 1;
  const columnOf = (backend: string, host: string) => (isOne ? backend : `${backend}@${host}`);
  const results = parts.flatMap(({ host, report }) =>
    (report?.results ?? []).map((result) => ({ ...result, backend: columnOf(result.backend, host) })),
  );
  const scenarios = first.header.scenarios;
  const backends = parts.flatMap(({ host, report }) =>
    (report?.header.backends ?? []).map((backend) => ({
      ...backend,
      name: columnOf(backend.name, host),
      ...(isOne || report === undefined ? {} : { host: report.header.host }),
    })),
  );
  const counts = { ...countVerdicts(results) };
  counts['not-run'] += backends.length * scenarios.length - results.length;
  const said = (line: string, host: string) => (isOne ? line : `${host}: ${line}`);
  const footer: Footer = {
    type: 'footer',
    counts,
    problems: parts.flatMap(({ host, report, problems }) => [
      ...problems.map((each) => `${host}: ${each}`),
      ...(report?.footer?.problems ?? []).map((each) => said(each, host)),
    ]),
    missing: parts.flatMap(({ host, report }) =>
      (report?.footer?.missing ?? []).map((each) => said(each, host)),
    ),
    exitCode: worst(parts.map(exitCodeOf)),
    duration,
  };
  return { header: { ...first.header, backends }, results, footer };
}
