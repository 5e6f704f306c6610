/** `summary.md`: the run on one page, good as the job summary of a CI. */
import type { Report, Result, Scenario } from '../outcome.js';
import { conclusion } from './conclusion.js';
import { isDiff } from './diff-lines.js';
import { evidenceOf, explain, stepOf } from './explain-result.js';
import { type Failure, failuresOf, groupFailures, listed } from './failures.js';
import { hostFacts } from './host-facts.js';
import { code, codeBlock, plain, reference, table } from './markdown-text.js';
import { count, duration } from './printable.js';
import { percent, scoreBackends } from './score.js';
import { verdictWords } from './verdict-words.js';

/** Job summaries are cut off at 1 MiB: after this many failures only their names are listed. */
const fullFailures = 50;
const listedFailures = 500;
const evidenceLines = 40;

export function toMarkdown(report: Report): string {
  return `${[
    `# Union conformance: ${conclusion(report)}`,
    facts(report),
    scores(report),
    ...failures(report),
    ...notes(report),
    ...unavailable(report),
    ...bullets('Problems of the run', report.footer.problems),
    ...bullets('Required, and missing here', report.footer.missing),
  ].join('\n\n')}\n`;
}

function facts({ header, footer }: Report): string {
  const { kernel, arch, node, user } = hostFacts(header);
  const run = [
    `union-conformance ${header.suite.version}`,
    `${count(header.scenarios.length, 'scenario')} on ${count(header.backends.length, 'backend')}`,
    header.started,
    duration(footer.duration),
    kernel,
    arch,
    node,
    user,
    ...(header.seed === undefined ? [] : [`seed ${header.seed}`]),
  ];
  const partial = '\n\nA filter left scenarios out: this says nothing about the others.';
  return `${run.map(plain).join(' · ')}${header.everything ? '' : partial}`;
}

function scores(report: Report): string {
  const rows = scoreBackends(report).map(({ backend, score }) => [
    plain(backend),
    ...[score.holds, score.knownDeviations, score.red, score.unsupported, score.skipped].map(String),
    ...(report.footer.counts['not-run'] > 0 ? [String(score.notRun)] : []),
    `${percent(score.coverage)} (${score.executed} of ${score.all})`,
  ]);
  const notRun = report.footer.counts['not-run'] > 0 ? ['not run'] : [];
  return table(
    ['backend', 'holds', 'known deviations', 'fails', 'unsupported', 'skipped', ...notRun, 'coverage'],
    rows,
  );
}

function failures(report: Report): readonly string[] {
  const scenarios = new Map(report.header.scenarios.map((scenario) => [scenario.id, scenario]));
  const red = failuresOf(report);
  if (red.length === 0) return [];
  const groups = groupFailures(red);
  const full = groups
    .slice(0, fullFailures)
    .map((each) => failure(each, scenarios.get(each.result.scenario)));
  const short = groups
    .slice(fullFailures, listedFailures)
    .map(({ result }) => `- ${headline(result, scenarios.get(result.scenario))}`);
  const more = groups.length - fullFailures - short.length;
  return [
    `## ${count(red.length, 'failure')}`,
    ...full,
    ...(short.length === 0 ? [] : [short.join('\n')]),
    ...(more > 0 ? [`… and ${more} more, all in \`results.ndjson\`.`] : []),
  ];
}

function headline({ backend, scenario: id, verdict }: Result, scenario: Scenario | undefined): string {
  const { glyph, label } = verdictWords[verdict];
  return `${plain(glyph)} **${label}** · ${plain(backend)} · ${plain(scenario?.name ?? '')} (${code(id)})`;
}

function failure({ result, alike }: Failure, scenario: Scenario | undefined): string {
  const step = stepOf(result);
  const deviation = result.deviation;
  return [
    `### ${headline(result, scenario)}`,
    ...(scenario === undefined ? [] : [code(`${scenario.uri}:${scenario.line}`)]),
    ...(step === '' ? [] : [`At ${code(step)}`]),
    ...(explain(result) === '' ? [] : [codeBlock(explain(result))]),
    ...(deviation === undefined
      ? []
      : [
          `Recorded deviation: ${plain(`${deviation.kind}: ${deviation.reason}`)} ${reference(deviation.reference)}`,
        ]),
    ...(alike.length === 0 ? [] : [`The same in ${listed(alike.map(({ scenario: id }) => code(id)))}.`]),
    ...evidenceOf(result).map(({ title, text }) => evidence(title, text)),
    ...(result.reproduce === '' ? [] : ['Reproduce it:', codeBlock(result.reproduce, 'sh')]),
  ].join('\n\n');
}

function evidence(title: string, text: string): string {
  const lines = text.split('\n');
  const cut = lines.length > evidenceLines ? `\n… ${lines.length - evidenceLines} more lines` : '';
  const shown = codeBlock(`${lines.slice(0, evidenceLines).join('\n')}${cut}`, isDiff(text) ? 'diff' : '');
  return `<details><summary>${plain(title)}</summary>\n\n${shown}\n\n</details>`;
}

function notes({ header }: Report): readonly string[] {
  const rows = header.backends.flatMap(({ name, note }) =>
    note === undefined ? [] : [`- **${plain(name)}**: ${plain(note)}`],
  );
  return rows.length === 0 ? [] : [rows.join('\n')];
}

function unavailable({ header }: Report): readonly string[] {
  const rows = header.backends.flatMap(({ name, unavailable }) =>
    unavailable === undefined
      ? []
      : [`- **${plain(name)}**: ${plain(unavailable.reason)}. To get it: ${plain(unavailable.remedy)}`],
  );
  return rows.length === 0 ? [] : ['## Not available here', rows.join('\n')];
}

function bullets(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`## ${title}`, items.map((item) => `- ${plain(item)}`).join('\n')];
}
