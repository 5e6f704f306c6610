/** What is printed after a run: failures in full, the matrix, what was not available, what is wrong. */
import type { BackendSummary, Report, Scenario } from '../outcome.js';
import { diffKind, isDiff } from './diff-lines.js';
import { deviationText, evidenceOf, explain, stepOf } from './explain-result.js';
import { type Failure, failuresOf, groupFailures, listed } from './failures.js';
import { hostFacts } from './host-facts.js';
import { count, duration, oneLine, printable } from './printable.js';
import { percent, scoreBackends } from './score.js';
import type { Paint, Palette } from './terminal-colors.js';
import { padEnd, textWidth } from './text-width.js';
import { verdictWords } from './verdict-words.js';

/** A long log is cut; all of it is in the other reports. */
const evidenceLines = 40;
const fullFailures = 100;

export function terminalSummary(report: Report, paint: Palette, { quiet }: { quiet: boolean }): string {
  const scenarios = new Map(report.header.scenarios.map((scenario) => [scenario.id, scenario]));
  const red = groupFailures(failuresOf(report));
  const more = red.length - fullFailures;
  const blocks = [
    ...red.slice(0, fullFailures).map((each) => failure(each, scenarios.get(each.result.scenario), paint)),
    ...(more > 0 ? [paint.broken(`… and ${count(more, 'more failure')}, all of them in the report`)] : []),
    ...(quiet
      ? []
      : [matrix(report, paint), ...notes(report), ...unavailable(report.header.backends, paint)]),
    ...bullets('Problems of the run', report.footer.problems, paint),
    ...bullets('Required, and missing here', report.footer.missing, paint),
    ...(quiet ? [] : [paint.quiet(facts(report))]),
  ];
  return blocks.map((block) => `\n${block}\n`).join('') + (blocks.length === 0 ? '' : '\n');
}

function failure({ result, alike }: Failure, scenario: Scenario | undefined, paint: Palette): string {
  const { glyph, label, tone } = verdictWords[result.verdict];
  const deviation = deviationText(result);
  const [id, step, message] = [oneLine(result.scenario), oneLine(stepOf(result)), printable(explain(result))];
  const place = scenario === undefined ? '' : `${oneLine(scenario.uri)}:${scenario.line}`;
  return [
    paint[tone](paint.strong(`${glyph} ${label}  ${result.backend}  ${id}`)),
    indent(paint.strong(oneLine(scenario?.name ?? ''))),
    indent(paint.quiet(place)),
    ...(step === '' ? [] : [indent(`${paint.quiet('at')} ${step}`)]),
    ...(message === '' ? [] : ['', indent(eachLine(message, paint[tone]))]),
    ...(deviation === '' ? [] : ['', indent(`recorded deviation: ${oneLine(deviation)}`)]),
    ...evidenceOf(result).flatMap(({ title, text }) => ['', indent(evidence(title, text, paint))]),
    ...(alike.length === 0
      ? []
      : ['', indent(`the same in ${listed(alike.map(({ scenario: id }) => oneLine(id)))}`)]),
    ...(result.reproduce === ''
      ? []
      : ['', indent(`${paint.quiet('reproduce:')} ${oneLine(result.reproduce)}`)]),
  ].join('\n');
}

function evidence(title: string, text: string, paint: Palette): string {
  const lines = printable(text).replace(/\n+$/, '').split('\n');
  const isTreeDiff = isDiff(text);
  const shown = lines.slice(0, evidenceLines).map((line) => {
    if (!isTreeDiff) return line;
    const kind = diffKind(line);
    return kind === 'expected' ? paint.holds(line) : kind === 'seen' ? paint.broken(line) : paint.quiet(line);
  });
  const more = lines.length - shown.length;
  const legend = isTreeDiff ? ' (- expected, + seen)' : '';
  return [
    paint.quiet(`${oneLine(title)}${legend}`),
    ...shown.map(indent),
    ...(more > 0 ? [indent(paint.quiet(`… ${count(more, 'more line')} in the report`))] : []),
  ].join('\n');
}

function matrix(report: Report, paint: Palette): string {
  const rows = scoreBackends(report).map(({ backend, score }) => [
    backend,
    score.holds,
    score.knownDeviations,
    score.red,
    score.unsupported,
    score.skipped,
    score.notRun,
    `${percent(score.coverage)} (${score.executed}/${score.all})`,
  ]);
  const head = ['backend', 'holds', 'known', 'fails', 'unsupported', 'skipped', 'not run', 'coverage'];
  const notRun = head.indexOf('not run');
  const isShown = (_: unknown, column: number) => column !== notRun || rows.some((row) => row[notRun] !== 0);
  const table = [head, ...rows].map((row) => row.map(String).filter(isShown));
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => textWidth(row[column] ?? ''))),
  );
  const colors: readonly (Paint | undefined)[] = [undefined, paint.holds, paint.deviates, paint.broken];
  return table
    .map((row, index) => {
      const cells = row.map((cell, column) => {
        const width = widths[column] ?? 0;
        const padded = column === 0 ? padEnd(cell, width) : ' '.repeat(width - textWidth(cell)) + cell;
        return index === 0 || cell === '0' ? paint.quiet(padded) : (colors[column] ?? String)(padded);
      });
      return cells.join('  ');
    })
    .join('\n');
}

function notes({ header }: Report): readonly string[] {
  const lines = header.backends.flatMap(({ name, note }) =>
    note === undefined ? [] : [`${name}: ${oneLine(note)}`],
  );
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function unavailable(backends: readonly BackendSummary[], paint: Palette): readonly string[] {
  const lines = backends.flatMap(({ name, unavailable }) =>
    unavailable === undefined
      ? []
      : [
          `  ${name}: ${oneLine(unavailable.reason)}`,
          paint.quiet(`    to get it: ${oneLine(unavailable.remedy)}`),
        ],
  );
  return lines.length === 0 ? [] : [[paint.strong('Not available here'), ...lines].join('\n')];
}

function bullets(title: string, items: readonly string[], paint: Palette): readonly string[] {
  return items.length === 0
    ? []
    : [[paint.strong(title), ...items.map((item) => `  ${oneLine(item)}`)].join('\n')];
}

function facts({ header, footer }: Report): string {
  const partial = header.everything ? '' : ', a part of the suite';
  const seed = header.seed === undefined ? '' : `, seed ${header.seed}`;
  return `${count(header.scenarios.length, 'scenario')} on ${count(header.backends.length, 'backend')}${partial}, ${duration(footer.duration)}, ${hostFacts(header).kernel}${seed}`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

function eachLine(text: string, paint: Paint): string {
  return text.split('\n').map(paint).join('\n');
}
