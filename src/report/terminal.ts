/**
 * The run on a terminal: one line that is rewritten while it goes on, then the failures, the
 * matrix, and `N passed, N failed, N skipped` as the very last line. Without a terminal, plain lines.
 */
import type { BackendSummary, Report, Result, Scenario } from '../outcome.js';
import { closingLine } from './conclusion.js';
import { explain, isFailure } from './explain-result.js';
import { duration, firstLine, oneLine } from './printable.js';
import { palette, type TerminalStream, wantsColors } from './terminal-colors.js';
import { terminalSummary } from './terminal-summary.js';
import { padEnd, textWidth, truncate } from './text-width.js';
import { verdictWords } from './verdict-words.js';

export interface TerminalOptions {
  /** Only failures and the closing line. */
  readonly quiet?: boolean;
  /** One line for each scenario. */
  readonly verbose?: boolean;
  readonly environment?: NodeJS.ProcessEnv;
}

/** What is known of a run before it has a header. */
export interface Begun {
  readonly backends: readonly Pick<BackendSummary, 'name'>[];
  readonly scenarios: readonly Scenario[];
}

export interface TerminalReporter {
  /** `total`: how many results will come. */
  begin(run: Begun, total: number): void;
  /** A line for people about what is done before scenarios run. */
  say(line: string): void;
  started(backend: string, scenario: string): void;
  result(result: Result): void;
  /** Ends the progress line; the last thing that is written. */
  end(report: Report): void;
}

/** Erases the line the cursor is in, and goes to its begin. */
const eraseLine = '\r\u001b[2K';

export function createTerminalReporter(
  stream: TerminalStream,
  { quiet = false, verbose = false, environment = process.env }: TerminalOptions = {},
): TerminalReporter {
  const paint = palette(wantsColors(stream, environment));
  const isLive = stream.isTTY === true && environment.TERM !== 'dumb' && !quiet;
  const running = new Map<string, string>();
  const scenarios = new Map<string, Scenario>();
  let backendWidth = 0;
  let total = 0;
  let done = 0;
  let failed = 0;

  /** A whole line above the progress line. */
  function print(line: string): void {
    stream.write(`${isLive ? eraseLine : ''}${line}\n`);
  }

  function progress(): void {
    if (!isLive) return;
    const columns = (stream.columns ?? 80) - 1;
    const so = `${String(done).padStart(String(total).length)}/${total}`;
    const failures = failed === 0 ? '' : `${failed} failed`;
    const rest = columns - textWidth(so) - (failures === '' ? 0 : failures.length + 2) - 2;
    // The one that has been running longest: it is what hangs, when something does.
    const [current = ''] = running.values();
    const shown = truncate(current, rest);
    stream.write(
      rest < 1
        ? `${eraseLine}${truncate(so, columns)}`
        : `${eraseLine}${paint.strong(so)}  ${failures === '' ? '' : `${paint.broken(failures)}  `}${paint.quiet(shown)}`,
    );
  }

  function line(result: Result): string {
    const { glyph, label, tone } = verdictWords[result.verdict];
    const name = oneLine(scenarios.get(result.scenario)?.name ?? '');
    const why = result.verdict === 'pass' ? '' : ` — ${label}: ${firstLine(explain(result), 120)}`;
    const time = result.duration >= 1000 ? ` (${duration(result.duration)})` : '';
    const where = `${padEnd(result.backend, backendWidth)}  ${oneLine(result.scenario)}`;
    return `${paint[tone](glyph)} ${paint.quiet(where)}  ${name}${paint[tone](why.replace(/: $/, ''))}${paint.quiet(time)}`;
  }

  /** Without a terminal: a sign of life at every tenth of the run. */
  function tenth(): void {
    const step = Math.floor((done * 10) / total);
    if (isLive || quiet || verbose || total < 50 || step === Math.floor(((done - 1) * 10) / total)) return;
    print(paint.quiet(`${done}/${total}${failed === 0 ? '' : `, ${failed} failed`}`));
  }

  return {
    begin({ backends, scenarios: selected }, planned) {
      total = planned;
      backendWidth = Math.max(0, ...backends.map(({ name }) => textWidth(name)));
      for (const scenario of selected) scenarios.set(scenario.id, scenario);
      progress();
    },
    say(line) {
      if (!quiet) print(paint.quiet(oneLine(line)));
      progress();
    },
    started(backend, scenario) {
      running.set(
        `${backend}\n${scenario}`,
        `${backend} › ${oneLine(scenario)} ${oneLine(scenarios.get(scenario)?.name ?? '')}`,
      );
      progress();
    },
    result(result) {
      running.delete(`${result.backend}\n${result.scenario}`);
      done += 1;
      if (isFailure(result)) failed += 1;
      if (verbose || (isFailure(result) && result.verdict !== 'not-run' && !quiet)) print(line(result));
      tenth();
      progress();
    },
    end(report) {
      if (isLive) stream.write(eraseLine);
      stream.write(terminalSummary(report, paint, { quiet }));
      stream.write(`${closingLine(report)}\n`);
    },
  };
}
