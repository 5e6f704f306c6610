/** The claims of the source documents, and whether scenarios and claims know each other. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Claim, Scenario } from '../outcome.js';
import { checkYaml } from './checked-yaml.js';
import { packageRoot } from './package-root.js';
import type { Problem } from './problem.js';

/** A claim, and the line it stands in. */
export interface ClaimEntry {
  readonly claim: Claim;
  readonly line: number;
}

export interface Claims {
  /** Relative to the package. */
  readonly file: string;
  readonly entries: readonly ClaimEntry[];
  readonly problems: readonly Problem[];
}

export function parseClaims(text: string, file: string): Claims {
  const { content = [], problems, lineOf } = checkYaml<readonly Claim[]>(text, file, 'claims.schema.json');
  const entries = content.map((claim, index) => ({ claim, line: lineOf([index]) }));
  const repeated = entries.flatMap(({ claim: { id }, line }, index) => {
    const first = entries.findIndex(({ claim }) => claim.id === id);
    return first === index
      ? []
      : [
          {
            file,
            line,
            what: `${id} is also the id in line ${entries[first]?.line}`,
            remedy: 'give each claim an id of its own',
          },
        ];
  });
  return { file, entries, problems: [...problems, ...repeated] };
}

/** @throws when the file is not there: it belongs to the package. */
export function readClaims(root: string = packageRoot, file = 'docs/claims.yaml'): Claims {
  return parseClaims(readFileSync(join(root, file), 'utf8'), file);
}

/** Claims that no scenario shows. Needs all scenarios of the catalogue. */
export function claimsWithoutScenario(
  { entries, file }: Claims,
  scenarios: readonly Scenario[],
): readonly Problem[] {
  const shown = new Set(scenarios.flatMap(({ claims }) => claims));
  return entries
    .filter(({ claim }) => !shown.has(claim.id))
    .map(({ claim, line }) => ({
      file,
      line,
      what: `no scenario shows the claim ${claim.id}`,
      remedy: `tag one with @claim:${claim.id}`,
    }));
}

/** Scenarios that name a claim that does not exist. */
export function unknownClaims({ entries, file }: Claims, scenarios: readonly Scenario[]): readonly Problem[] {
  const known = new Set(entries.map(({ claim }) => claim.id));
  return scenarios.flatMap(({ claims, line, uri }) =>
    claims
      .filter((id) => !known.has(id))
      .map((id) => ({
        file: uri,
        line,
        what: `@claim:${id} is no claim`,
        remedy: `correct the tag, or add the claim to ${file}`,
      })),
  );
}
