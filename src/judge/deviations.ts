/** Where an implementation is known to differ: what a file of deviations says, and which of its entries applies. */
import { checkYaml } from '../catalogue/checked-yaml.js';
import { inOrder, type Problem } from '../catalogue/problem.js';
import { satisfies } from './version.js';

export interface Condition {
  /** Comparisons with the version of the implementation: `<1.13`. */
  readonly version?: string;
  /** Comparisons with the version of the kernel: `>=5.15 <6.6`. */
  readonly kernel?: string;
  readonly user?: 'root' | 'ordinary';
}

/** One entry as it is written. */
export interface DeviationEntry {
  /** An id, or the beginning of ids followed by `*`. */
  readonly scenario: string;
  readonly when?: Condition;
  readonly outcome: 'fail';
  /** An errno, or the beginning of the first line of a message. */
  readonly signature: string;
  readonly kind: 'bug' | 'by-design' | 'environment';
  readonly reason: string;
  readonly reference?: string;
  /** The last day it is accepted, `2027-06-30`. */
  readonly expires?: string;
}

export interface Deviation extends DeviationEntry {
  readonly file: string;
  readonly line: number;
  /** It was written for several implementations, and may be of no use to this one. */
  readonly included?: true;
}

/** Another file whose entries hold too. */
export interface Inclusion {
  /** Relative to the including file. */
  readonly file: string;
  /** The scenarios whose entries do not hold here. */
  readonly except?: readonly string[];
}

export interface Deviations {
  readonly deviations: readonly Deviation[];
  readonly problems: readonly Problem[];
}

/** What conditions are about. */
export interface Circumstances {
  /** As the backend's probe tells it; without a number no condition on it is true. */
  readonly version: string;
  /** As uname(2) tells it. */
  readonly kernel: string;
  readonly user: 'root' | 'ordinary';
}

/** More scenarios than this are not differences one by one, but a missing capability. */
const widest = 20;

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** One file by itself, with what it includes still to be read. */
export interface Parsed extends Deviations {
  readonly inclusions: readonly (Inclusion & { readonly line: number })[];
}

export function parseDeviations(text: string, file: string): Parsed {
  type Content = { readonly include?: readonly Inclusion[]; readonly entries: readonly DeviationEntry[] };
  const { content, problems, lineOf } = checkYaml<Content>(text, file, 'deviations.schema.json');
  const { include = [], entries = [] } = content ?? {};
  const deviations = entries.map((entry, index) => ({ ...entry, file, line: lineOf(['entries', index]) }));
  const days = deviations.flatMap(({ expires }, index) =>
    expires === undefined || isDay(expires)
      ? []
      : [
          {
            file,
            line: lineOf(['entries', index, 'expires']),
            what: `expires cannot be ${expires}`,
            remedy: 'there is no such day',
          },
        ],
  );
  return {
    deviations,
    inclusions: include.map((each, index) => ({ ...each, line: lineOf(['include', index]) })),
    problems: inOrder([...problems, ...days]),
  };
}

export function concerns({ scenario }: Pick<Deviation, 'scenario'>, id: string): boolean {
  return scenario.endsWith('*') ? id.startsWith(scenario.slice(0, -1)) : id === scenario;
}

export function conditionHolds({ when = {} }: Pick<Deviation, 'when'>, here: Circumstances): boolean {
  return (
    (when.version === undefined || satisfies(here.version, when.version)) &&
    (when.kernel === undefined || satisfies(here.kernel, when.kernel)) &&
    (when.user === undefined || when.user === here.user)
  );
}

/**
 * The entry that applies to a scenario: of those whose condition is true the one that names
 * it most closely; the first of several.
 */
export function applicable(
  deviations: readonly Deviation[],
  id: string,
  here: Circumstances,
): Deviation | undefined {
  const closeness = ({ scenario }: Deviation) => (scenario.endsWith('*') ? scenario.length : Infinity);
  return deviations
    .filter((deviation) => concerns(deviation, id) && conditionHolds(deviation, here))
    .reduce<Deviation | undefined>(
      (best, each) => (best && closeness(best) >= closeness(each) ? best : each),
      undefined,
    );
}

/** Patterns that take in too much. Needs the ids of all scenarios of the catalogue. */
export function widePatterns(deviations: readonly Deviation[], ids: readonly string[]): readonly Problem[] {
  return deviations
    .filter(({ scenario }) => scenario.endsWith('*'))
    .map((entry) => ({ entry, count: ids.filter((id) => concerns(entry, id)).length }))
    .filter(({ count }) => count > widest)
    .map(({ entry: { file, line, scenario }, count }) => ({
      file,
      line,
      what: `${scenario} stands for ${count} scenarios, more than ${widest}`,
      remedy: 'name them more closely, or leave out the capability that the backend does not have',
    }));
}
