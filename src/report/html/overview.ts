/** The top of the page: what came out, the score of each backend with its coverage, and what failed. */
import type { Report, Result, Scenario } from '../../outcome.js';
import { closingLine, conclusion } from '../conclusion.js';
import { explain } from '../explain-result.js';
import { failuresOf } from '../failures.js';
import { groupBy } from '../group.js';
import { hostFacts } from '../host-facts.js';
import { count, duration, firstLine } from '../printable.js';
import { percent, type Score, scoreBackends } from '../score.js';
import { verdictWords } from '../verdict-words.js';
import { type Html, html, nothing } from './escape.js';

/** Of one backend; all of them are in the matrix. */
const listedFailures = 100;

const tones = {
  conformant: 'holds',
  'not conformant': 'broken',
  incomplete: 'unknown',
  'harness error': 'broken',
} as const;

export function pageHeader(report: Report): Html {
  const { header, footer } = report;
  const came = conclusion(report);
  const { kernel, arch, node, user } = hostFacts(header);
  const facts: readonly (readonly [string, string])[] = [
    ['scenarios', `${header.scenarios.length} on ${count(header.backends.length, 'backend')}`],
    ['started', header.started.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')],
    ['took', duration(footer.duration)],
    ['on', `${kernel}, ${arch}, ${node}`],
    ['run', user],
    ...(header.seed === undefined ? [] : [['seed', `${header.seed}`] as const]),
  ];
  return html`<header>
<p class="suite">union-conformance ${header.suite.version}</p>
<h1 class="${tones[came]}">${came[0]?.toUpperCase() ?? ''}${came.slice(1)}</h1>
<p class="closing">${closingLine(report)}</p>
${header.everything ? nothing : html`<p class="note">A filter left scenarios out: this says nothing about the others.</p>`}
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</header>`;
}

export function scoreTable(report: Report): Html {
  const titles = new Map(report.header.backends.map(({ name, title }) => [name, title]));
  const scores = scoreBackends(report);
  const hasNotRun = scores.some(({ score }) => score.notRun > 0);
  const rows = scores.map(({ backend, score }) => {
    const numbers: readonly (readonly [string, number, string])[] = [
      ['holds', score.holds, 'holds'],
      ['known deviations', score.knownDeviations, 'deviates'],
      ['fails', score.red, 'broken'],
      ['unsupported', score.unsupported, 'absent'],
      ['skipped', score.skipped, 'absent'],
      ...(hasNotRun ? [['not run', score.notRun, 'unknown'] as const] : []),
    ];
    return html`<tr role="row"><th role="rowheader" scope="row"><a href="#backend-${encodeURIComponent(backend)}">${backend}</a><small>${titles.get(backend) ?? ''}</small></th>
<td role="cell" class="bar">${bar(score)}</td>
${numbers.map(([name, value, tone]) => html`<td role="cell" data-name="${name}" class="${value === 0 ? 'zero' : tone}">${value}</td>`)}
<td role="cell" data-name="coverage" class="coverage"><b>${percent(score.coverage)}</b> <small>${score.executed} of ${score.all}</small></td></tr>`;
  });
  const names = [
    'holds',
    'known deviations',
    'fails',
    'unsupported',
    'skipped',
    ...(hasNotRun ? ['not run'] : []),
    'coverage',
  ];
  return html`<section id="scores"><h2>Scores</h2>
<table role="table" class="scores"><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">backend</th><th role="columnheader" class="bar"><span class="spoken">shares</span></th>${names.map(
    (name) => html`<th role="columnheader" scope="col">${name}</th>`,
  )}</tr></thead><tbody role="rowgroup">${rows}</tbody></table>
<p class="quiet">Coverage is the share of the scenarios that were executed; a score says nothing about the rest.</p></section>`;
}

/** The shares as one bar; the numbers stand beside it. */
function bar(score: Score): Html {
  const shares = [
    ['holds', score.holds],
    ['deviates', score.knownDeviations],
    ['broken', score.red],
    ['absent', score.unsupported + score.skipped],
    ['unknown', score.notRun],
  ] as const;
  let left = 0;
  const parts = shares.map(([tone, number]) => {
    const width = score.all === 0 ? 0 : (number / score.all) * 100;
    left += width;
    return width === 0
      ? nothing
      : html`<rect class="${tone}" x="${(left - width).toFixed(2)}" width="${width.toFixed(2)}" height="8"/>`;
  });
  return html`<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>`;
}

export function failureList(report: Report): Html {
  const scenarios = new Map(report.header.scenarios.map((scenario) => [scenario.id, scenario]));
  const red = failuresOf(report);
  if (red.length === 0) return nothing;
  const groups = [...groupBy(red, ({ backend }) => backend)].map(
    ([backend, results]) =>
      html`<details class="failures"${red.length <= 20 ? html` open` : nothing}><summary><b>${backend}</b> <span class="quiet">${count(results.length, 'failure')}</span></summary><ul>${results
        .slice(0, listedFailures)
        .map((result) => failure(result, scenarios.get(result.scenario)))}</ul>${
        results.length > listedFailures
          ? html`<p class="quiet">… and ${results.length - listedFailures} more below.</p>`
          : nothing
      }</details>`,
  );
  return html`<section id="failures"><h2>Failures</h2>${groups}</section>`;
}

function failure(result: Result, scenario: Scenario | undefined): Html {
  const { glyph, label, tone } = verdictWords[result.verdict];
  return html`<li><span class="badge ${tone}" aria-hidden="true">${glyph}</span><span><a href="#${encodeURIComponent(result.scenario)}">${scenario?.name ?? result.scenario}</a> <span class="quiet"><span class="word ${tone}">${label}</span>${explain(result) === '' ? '' : `: ${firstLine(explain(result), 160)}`}</span></span></li>`;
}

export function problemList(title: string, id: string, problems: readonly string[]): Html {
  if (problems.length === 0) return nothing;
  return html`<section id="${id}" class="problems"><h2>${title}</h2><ul>${problems.map(
    (problem) => html`<li>${problem}</li>`,
  )}</ul></section>`;
}

/** For who reads the page without its script. */
export function scoresByFeature(report: Report): Html {
  const scores = scoreBackends(report);
  const features = scores[0]?.features ?? [];
  return html`<table><caption>Without its script the page shows each feature as a whole: hold / executed, and coverage. Every result is in results.ndjson and junit.xml.</caption>
<thead><tr><th scope="col">feature</th>${scores.map(({ backend }) => html`<th scope="col">${backend}</th>`)}</tr></thead>
<tbody>${features.map(
    ({ feature }, row) =>
      html`<tr><th scope="row">${feature}</th>${scores.map((backend) => {
        const score = backend.features[row]?.score;
        return html`<td>${score?.holds ?? 0}/${score?.executed ?? 0} <small>${percent(score?.coverage ?? 0)}</small></td>`;
      })}</tr>`,
  )}</tbody></table>`;
}
