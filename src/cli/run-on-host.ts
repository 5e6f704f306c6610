import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Ending, Host, Job, Watch } from '../hosts/host.js';
import type { Result } from '../outcome.js';
import { followResults } from '../report/follow-results.js';
import type { Part } from '../report/merge-reports.js';
import { readReport } from '../report/read-report.js';
import { reportFiles } from '../report/write-report.js';

/** How often is looked for new results, in milliseconds. */
const LOOK_MS = 200;

/** A host that says nothing for so long is given up: longer than the suite itself waits for a scenario. */
const SILENCE_LIMIT_MS = Number(process.env.UNION_CONFORMANCE_SILENCE_LIMIT_MS ?? 300_000);

export interface HostEvents {
  say(line: string): void;
  result(result: Result): void;
}

/** Runs a job on a host; each result is told as it comes, and all of them are read at the end. */
export async function runOnHost(host: Host, job: Job, stop: AbortSignal, events: HostEvents): Promise<Part> {
  for (const name of Object.keys(reportFiles)) rmSync(join(job.report, name), { force: true });
  const resultsFile = join(job.report, 'results.ndjson');
  const news = followResults(resultsFile);
  const silence = new AbortController();
  const giveUp = setTimeout(() => silence.abort(), SILENCE_LIMIT_MS);
  const heard = () => {
    giveUp.refresh();
  };
  const look = () => {
    for (const record of news()) {
      heard();
      if (record.type === 'result') events.result(record);
    }
  };
  const looking = setInterval(look, LOOK_MS);
  const watch: Watch = {
    stop: AbortSignal.any([stop, silence.signal]),
    heard,
    say(line) {
      heard();
      events.say(line);
    },
  };
  try {
    const ending = await host.run(job, watch);
    look();
    const cause = stop.aborted ? 'it was stopped' : silence.signal.aborted ? silent : undefined;
    return { host: host.name, ...whatCame(job.report, ending, cause) };
  } finally {
    clearInterval(looking);
    clearTimeout(giveUp);
  }
}

const silent = `nothing came of it for ${SILENCE_LIMIT_MS / 1000} s, so it was ended`;

/** @param cause why it was ended from here. */
function whatCame(directory: string, ending: Ending, cause: string | undefined): Omit<Part, 'host'> {
  const text = read(join(directory, 'results.ndjson'));
  const came = text === '' ? undefined : readReport(text, join(directory, 'results.ndjson'));
  const problems = came?.kind === 'invalid' ? came.problems : [];
  const report = came?.kind === 'complete' ? came.report : came?.kind === 'incomplete' ? came : undefined;
  if (ending.kind === 'broke') {
    return {
      ...(report && { report }),
      problems: [`${cause ?? ending.reason}; ${ending.remedy}`, ...problems],
    };
  }
  if (came?.kind === 'complete') return { report: came.report, problems };
  const [lastWords = 'it said nothing'] = read(join(directory, 'output.log')).trim().split('\n').reverse();
  const why = `the suite ended with ${ending.exitCode} before its report was complete: ${lastWords}`;
  return { ...(report && { report }), exitCode: ending.exitCode, problems: [why, ...problems] };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
