/**
 * What the page's script gets: the report in few bytes. Texts that come again are numbers into
 * `texts`; a cell of the matrix is a verdict and milliseconds, and what there is to say about it.
 */
import { type Report, type Result, type Scenario, type Verdict, verdicts } from '../../outcome.js';
import { everyResult } from '../every-result.js';
import { evidenceOf, explain, remedyOf, stepOf } from '../explain-result.js';
import { count, oneLine, printable } from '../printable.js';
import { percent, scoreBackends } from '../score.js';
import { type VerdictWords, verdictWords } from '../verdict-words.js';

type TextNumber = number;

export interface PageData {
  readonly verdicts: readonly (VerdictWords & { readonly verdict: Verdict })[];
  readonly backends: readonly string[];
  readonly texts: readonly string[];
  readonly features: readonly PageFeature[];
  readonly scenarios: readonly PageScenario[];
  readonly claims: readonly PageClaim[];
}

interface PageFeature {
  readonly name: string;
  readonly uri: string;
  /** For each backend: how many hold, of how many that were executed, of how many there are. */
  readonly scores: readonly (readonly [holds: number, executed: number, all: number, coverage: string])[];
}

interface PageScenario {
  readonly id: string;
  readonly name: string;
  readonly feature: number;
  readonly rule: TextNumber;
  readonly line: number;
  readonly claims: readonly string[];
  /** Capabilities and requirements. */
  readonly needs: readonly TextNumber[];
  readonly steps: readonly TextNumber[];
  /** For each backend. */
  readonly cells: readonly PageCell[];
}

/** Number of the verdict, milliseconds, the command with its blanks, and the details. */
type PageCell = readonly [verdict: number, duration: number, command: TextNumber, details?: PageDetails];

interface PageDetails {
  readonly message: TextNumber;
  readonly step?: string;
  readonly remedy?: TextNumber;
  readonly evidence?: readonly (readonly [title: string, text: TextNumber])[];
  readonly deviation?: readonly [kind: TextNumber, reason: TextNumber, reference: TextNumber];
}

interface PageClaim {
  readonly id: string;
  readonly source: string;
  readonly statement: string;
  readonly truth?: string;
}

/** Where backend, place and id of a scenario go in a command: private characters, in no name. */
export const backendBlank = '\ue000';
export const placeBlank = '\ue001';
export const scenarioBlank = '\ue002';

/** Characters of one piece of evidence; the rest is in `results.ndjson`. */
const longestEvidence = 8000;

export function pageData(report: Report): PageData {
  const texts = new Map<string, number>();
  const number = (text: string): TextNumber => {
    const known = texts.get(text) ?? texts.size;
    texts.set(text, known);
    return known;
  };
  const scores = scoreBackends(report);
  const features = (scores[0]?.features ?? []).map(({ feature, uri }, index) => ({
    name: oneLine(feature),
    uri: oneLine(uri),
    scores: scores.map(({ features: ofBackend }): PageFeature['scores'][number] => {
      const score = ofBackend[index]?.score;
      return score === undefined
        ? [0, 0, 0, percent(0)]
        : [score.holds, score.executed, score.all, percent(score.coverage)];
    }),
  }));
  const results = everyResult(report);
  const rows = report.header.scenarios.length;
  const scenarios = report.header.scenarios.map((scenario, row) => ({
    id: scenario.id,
    name: oneLine(scenario.name),
    feature: features.findIndex(({ uri }) => uri === oneLine(scenario.uri)),
    rule: number(oneLine(scenario.rule)),
    line: scenario.line,
    claims: scenario.claims,
    needs: [...scenario.needs, ...scenario.requires].map(number),
    steps: scenario.steps.map((step) => number(printable(step))),
    cells: report.header.backends.map((_, column) =>
      cell(results[column * rows + row] as Result, scenario, number),
    ),
  }));
  return {
    verdicts: verdicts.map((verdict) => ({ verdict, ...verdictWords[verdict] })),
    backends: report.header.backends.map(({ name }) => name),
    features,
    scenarios,
    claims: report.header.claims,
    texts: [...texts.keys()],
  };
}

function cell(result: Result, { uri, line }: Scenario, number: (text: string) => TextNumber): PageCell {
  const { backend, scenario, reproduce, duration, deviation } = result;
  const names = [
    [placeBlank, `${uri}:${line}`],
    [scenarioBlank, scenario],
    [backendBlank, backend],
  ] as const;
  const blanked = names.reduce((text, [blank, name]) => text.replaceAll(name, blank), reproduce);
  const filled = names.reduce((text, [blank, name]) => text.replaceAll(blank, name), blanked);
  const head = [verdicts.indexOf(result.verdict), Math.round(duration)] as const;
  const command = number(filled === reproduce ? blanked : reproduce);
  if (result.verdict === 'pass') return [...head, command];
  const step = printable(stepOf(result));
  const evidence = evidenceOf(result).map(({ title, text }) => [oneLine(title), number(cut(text))] as const);
  const details: PageDetails = {
    message: number(printable(explain(result))),
    ...(step !== '' && { step }),
    ...(remedyOf(result) !== '' && { remedy: number(printable(remedyOf(result))) }),
    ...(evidence.length > 0 && { evidence }),
    ...(deviation !== undefined && {
      deviation: [
        number(oneLine(deviation.kind)),
        number(printable(deviation.reason)),
        number(oneLine(deviation.reference ?? '')),
      ],
    }),
  };
  return [...head, command, details];
}

function cut(text: string): string {
  const more = text.length - longestEvidence;
  return printable(
    more > 0
      ? `${text.slice(0, longestEvidence)}\n… ${count(more, 'more character')} in results.ndjson`
      : text,
  );
}
