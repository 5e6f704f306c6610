import type { Scenario } from '../outcome.js';
import type { Judgement } from './judgement.js';
import type { KillMatrix } from './kill-matrix.js';

const FEW = 6;

/** For people; the whole of it is in the JSON beside it. */
export function toMarkdown(matrix: KillMatrix, judgement: Judgement): string {
  const { twins, idle, excluded, healthy } = matrix;
  return [
    '# The self-test: faulty unions are caught',
    '',
    `${twins.length} twins of the in-house union break one rule each. ${healthy} scenarios hold on the healthy`,
    `one; ${healthy - idle.length} of them turn red on some twin.`,
    ...section('Problems', judgement.problems),
    ...section('Hints', judgement.hints),
    '',
    '## Which scenarios catch which fault',
    '',
    '| twin | fault | scenarios | which |',
    '|---|---|---:|---|',
    ...twins.map(
      ({ name, title, caughtBy }) =>
        `| ${name} | ${cell(title)} | ${caughtBy.length} | ${cell(some(caughtBy))} |`,
    ),
    ...section('Scenarios that no twin turns red', idle.map(line)),
    ...section('Left out: red on the healthy union', excluded.map(line)),
    '',
  ].join('\n');
}

export function toJson({ twins, healthy, idle, excluded }: KillMatrix, { problems }: Judgement): string {
  const ids = (scenarios: readonly Scenario[]) => scenarios.map(({ id }) => id);
  const value = {
    problems,
    healthy,
    twins: twins.map(({ name, title, caughtBy, errors }) => ({
      name,
      title,
      caughtBy: ids(caughtBy),
      errors: errors.map(({ scenario }) => scenario),
    })),
    idle: ids(idle),
    excluded: ids(excluded),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** `some` of a long list, and how many more there are. */
export function some(scenarios: readonly Scenario[]): string {
  const shown = scenarios.slice(0, FEW).map(({ id }) => id);
  const more = scenarios.length - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines.map((each) => `- ${each}`)];
}

function line({ id, name }: Scenario): string {
  return `${id} — ${name}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
