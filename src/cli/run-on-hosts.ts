import { join, resolve } from 'node:path';
import { HOST, type Host, type Job } from '../hosts/host.js';
import { loadHosts } from '../hosts/load-host.js';
import { gates } from '../outcome.js';
import { exitCodeOf, mergeReports, type Part, worst } from '../report/merge-reports.js';
import { createTerminalReporter } from '../report/terminal.js';
import { commandLineOf } from './command-line-of.js';
import { openReport } from './open-report.js';
import type { RunOptions } from './options.js';
import { prepare } from './prepare.js';
import { runOnHost } from './run-on-host.js';

/** Runs the same on each host, one after the other, and merges what comes back; the exit code. @throws UsageError */
export async function runOnHosts(options: RunOptions): Promise<number> {
  const { selection, names } = await prepare(options);
  const hosts = (await Promise.all(options.on.map(loadHosts))).flat();
  const began = performance.now();
  const report = openReport(options.report);
  const terminal = createTerminalReporter(process.stdout, options);
  const columnOf = (backend: string, host: Host) =>
    hosts.length === 1 ? backend : `${backend}@${host.name}`;
  const backends = hosts.flatMap((host) => names.map((name) => ({ name: columnOf(name, host) })));
  terminal.begin({ backends, scenarios: selection.scenarios }, backends.length * selection.scenarios.length);
  const stop = new AbortController();
  const end = () => stop.abort();
  // Not once: execa's own listener ends this process when there is no other.
  process.on('SIGINT', end).on('SIGTERM', end);
  const parts: Part[] = [];
  let isOver = false;
  for (const host of hosts) {
    if (isOver || stop.signal.aborted) {
      parts.push({ host: host.name, problems: ['nothing was run on it: the run was stopped before'] });
      continue;
    }
    const part = await runOnHost(host, jobFor(host, options), stop.signal, {
      say: (line) => terminal.say(`${host.name} ${line}`),
      result(result) {
        terminal.result({ ...result, backend: columnOf(result.backend, host) });
        if (options.failFast && gates[result.verdict] === 'red') isOver = true;
      },
    });
    parts.push(part);
  }
  process.off('SIGINT', end).off('SIGTERM', end);
  const merged = mergeReports(parts, performance.now() - began);
  if (merged === undefined) {
    report.abandon();
    for (const { host, problems } of parts) {
      for (const problem of problems) process.stderr.write(`union-conformance: ${host}: ${problem}\n`);
    }
    return worst(parts.map(exitCodeOf));
  }
  report.close(merged);
  terminal.end(merged);
  return merged.footer.exitCode;
}

function jobFor(host: Host, options: RunOptions): Job {
  // A kernel's name may be a path; and not every file system and artifact store takes a colon.
  const directory = resolve(join(options.report, host.name.replaceAll(/[:/]/g, '-')));
  openReport(directory).abandon();
  const { npm_lifecycle_event: npm } = process.env;
  return {
    parameters: commandLineOf(options),
    environment: { [HOST]: host.name, ...(npm === undefined ? {} : { npm_lifecycle_event: npm }) },
    report: directory,
    files: options.backends.filter((source) => source.startsWith('/')),
  };
}
