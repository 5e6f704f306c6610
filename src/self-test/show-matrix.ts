import type { Scenario } from '../outcome.js';
import type { Judgement } from './judgement.js';
import type { KillMatrix } from './kill-matrix.js';

const FEW = 8;

/** For people. */
export function toMarkdown(matrix: KillMatrix, { problems, hints }: Judgement): string {
  const { kills, idle, excluded, healthy } = matrix;
  return [
    '# The self-test: faulty unions, containers and images are caught',
    '',
    `${kills.length} twins break one rule each. Of ${healthy} scenarios that hold where no rule is broken,`,
    `${healthy - idle.length} turn red on a twin.`,
    ...section('Problems', problems),
    ...section('Hints', hints),
    '',
    '## Which scenarios catch which fault',
    '',
    '| twin | rule and fault | caught by | of | which |',
    '|---|---|---:|---:|---|',
    ...kills.map(
      ({ twin: { name, title }, caughtBy, tried }) =>
        `| ${name} | ${cell(title)} | ${caughtBy.length} | ${tried} | ${cell(some(caughtBy))} |`,
    ),
    ...section('Scenarios that no twin turned red', idle.map(line)),
    ...section('Left out: red where no rule is broken', excluded.map(line)),
    '',
  ].join('\n');
}

/** For programs: all of it. */
export function toJson({ kills, healthy, idle, excluded }: KillMatrix, { problems }: Judgement): string {
  const value = {
    problems,
    healthy,
    twins: kills.map(({ twin: { name, title, statedBy }, caughtBy, errors, tried }) => ({
      name,
      title,
      statedBy,
      tried,
      caughtBy: ids(caughtBy),
      errors: ids(errors),
    })),
    idle: ids(idle),
    excluded: ids(excluded),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** For a terminal: the begin of it. */
export function toText({ kills }: KillMatrix): string {
  const width = Math.max(...kills.map(({ twin }) => twin.name.length));
  return kills
    .map(({ twin: { name }, caughtBy }) => {
      const number = String(caughtBy.length).padStart(4);
      return `${number}  ${name.padEnd(width)}  ${some(caughtBy)}`.trimEnd();
    })
    .join('\n');
}

export function ids(scenarios: readonly Scenario[]): readonly string[] {
  return scenarios.map(({ id }) => id);
}

/** The first of a long list, and how many more there are. */
function some(scenarios: readonly Scenario[]): string {
  const more = scenarios.length - FEW;
  return ids(scenarios.slice(0, FEW)).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines.map((each) => `- ${each}`)];
}

function line({ id, name }: Scenario): string {
  return `${id}: ${name}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
