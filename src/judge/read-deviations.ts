/** Reads `deviations.yaml` beside a backend, with the files that it includes. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Problem } from '../catalogue/problem.js';
import { type Deviation, type Deviations, parseDeviations } from './deviations.js';

/** A backend without the file has no deviations. */
export function readDeviations(path: string): Deviations {
  if (!existsSync(path)) return { deviations: [], problems: [] };
  const { deviations, problems } = readFrom(path, []);
  return { deviations, problems: [...problems, ...repeated(deviations)] };
}

/** @param above the files that have led here. */
function readFrom(path: string, above: readonly string[]): Deviations {
  const { deviations, inclusions, problems } = parseDeviations(readFileSync(path, 'utf8'), path);
  const parts = inclusions.map(({ file, except = [], line }): Deviations => {
    const refuse = (what: string, remedy: string): Deviations => ({
      deviations: [],
      problems: [{ file: path, line, what, remedy }],
    });
    const other = resolve(dirname(path), file);
    if (!existsSync(other)) return refuse(`${other} does not exist`, 'include a file that does');
    if ([path, ...above].includes(other)) return refuse(`${file} leads back here`, 'remove one of them');
    const included = readFrom(other, [path, ...above]);
    const unknown = except.find((id) => !included.deviations.some(({ scenario }) => scenario === id));
    if (unknown !== undefined) return refuse(`${file} has no entry for ${unknown}`, 'take it off except');
    const kept = included.deviations.filter(({ scenario }) => !except.includes(scenario));
    return {
      deviations: kept.map((entry) => ({ ...entry, included: true })),
      problems: included.problems,
    };
  });
  return {
    deviations: [...deviations, ...parts.flatMap((part) => part.deviations)],
    problems: [...problems, ...parts.flatMap((part) => part.problems)],
  };
}

function repeated(deviations: readonly Deviation[]): readonly Problem[] {
  const key = ({ scenario, when }: Deviation) =>
    JSON.stringify([scenario, when?.version, when?.kernel, when?.user]);
  return deviations.flatMap((entry, index) => {
    const first = deviations.find((other) => key(other) === key(entry));
    if (first === undefined || first === deviations[index]) return [];
    const { file, line, scenario } = entry;
    const place = first.file === file ? `line ${first.line}` : `${first.file}:${first.line}`;
    return [
      {
        file,
        line,
        what: `${scenario} has an entry with the same condition in ${place}`,
        remedy: 'leave one of them, tell them apart with when, or leave out what is included with except',
      },
    ];
  });
}
