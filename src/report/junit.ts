/**
 * JUnit XML: a test suite for each backend and feature. Verdicts that JUnit has no word for
 * are in the properties of the test case.
 */
import type { BackendSummary, Report, Result, Scenario } from '../outcome.js';
import { everyResult } from './every-result.js';
import { deviationText, evidenceOf, explain, remedyOf, stepOf } from './explain-result.js';
import { groupBy } from './group.js';
import { hostOf } from './host-facts.js';
import { verdictWords } from './verdict-words.js';
import { type Element, element, toXml } from './xml.js';

interface Case {
  readonly scenario: Scenario;
  readonly result: Result;
}

export function toJunit(report: Report): string {
  const results = everyResult(report);
  const cases = report.header.scenarios.length;
  const suites = report.header.backends.flatMap((backend, column) => {
    const ofBackend = results.slice(column * cases, (column + 1) * cases);
    const pairs = report.header.scenarios.map((scenario, row) => ({
      scenario,
      result: ofBackend[row] as Result,
    }));
    return [...groupBy(pairs, ({ scenario }) => scenario.uri).values()].map((group) =>
      suite(report, backend, group),
    );
  });
  const name = `union-conformance ${report.header.suite.version}`;
  const all = element(
    'testsuites',
    { name, ...totals(results), time: report.footer.duration / 1000 },
    suites,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${toXml(all)}`;
}

function suite({ header }: Report, backend: BackendSummary, cases: readonly Case[]): Element {
  const results = cases.map(({ result }) => result);
  const time = results.reduce((sum, { duration }) => sum + duration, 0) / 1000;
  return element(
    'testsuite',
    {
      name: `${backend.name}: ${cases[0]?.scenario.feature}`,
      ...totals(results),
      time: time.toFixed(3),
      timestamp: header.started.replace(/(\.\d+)?Z$/, ''),
    },
    [
      properties({ backend: backend.name, version: backend.version, kernel: hostOf(header, backend).kernel }),
      ...cases.map((each) => testCase(each)),
    ],
  );
}

function testCase({ scenario, result }: Case): Element {
  const shown = outcomeOf(result);
  return element(
    'testcase',
    {
      classname: `${result.backend}.${scenario.feature}`,
      name: `${scenario.id} ${scenario.name}`,
      time: (result.duration / 1000).toFixed(3),
      file: scenario.uri,
      line: scenario.line,
    },
    [
      properties({
        verdict: result.verdict,
        scenario: scenario.id,
        claims: scenario.claims.join(' '),
        deviation: deviationText(result),
        reproduce: result.reproduce,
      }),
      ...(shown === undefined ? [] : [shown]),
    ],
  );
}

function outcomeOf(result: Result): Element | undefined {
  const kind = kindOf(result);
  const { label } = verdictWords[result.verdict];
  if (kind === 'passed') return undefined;
  if (kind === 'skipped') {
    const reason = result.deviation?.reason ?? [explain(result), remedyOf(result)].filter(Boolean).join('; ');
    return element('skipped', { message: `${label}: ${reason}` });
  }
  const message = [label, explain(result)].filter(Boolean).join(': ');
  return element(kind, { type: result.verdict, message }, details(result));
}

/** JUnit's `error` is for what went wrong beside the assertion. */
function kindOf({ verdict }: Result): 'passed' | 'skipped' | 'failure' | 'error' {
  switch (verdict) {
    case 'pass':
      return 'passed';
    case 'known-deviation':
    case 'unsupported':
    case 'skipped':
      return 'skipped';
    case 'error':
    case 'hang':
    case 'crash':
    case 'not-run':
      return 'error';
    default:
      return 'failure';
  }
}

function details(result: Result): string {
  const deviation = deviationText(result);
  return [
    stepOf(result),
    explain(result),
    deviation === '' ? '' : `recorded deviation: ${deviation}`,
    ...evidenceOf(result).map(({ title, text }) => `${title}\n${text}`),
    result.reproduce === '' ? '' : `reproduce: ${result.reproduce}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

function properties(values: Readonly<Record<string, string>>): Element {
  const given = Object.entries(values).filter(([, value]) => value !== '');
  return element(
    'properties',
    {},
    given.map(([name, value]) => element('property', { name, value })),
  );
}

function totals(results: readonly Result[]) {
  const counted = (kind: string) => results.filter((result) => kindOf(result) === kind).length;
  return {
    tests: results.length,
    failures: counted('failure'),
    errors: counted('error'),
    skipped: counted('skipped'),
  };
}
