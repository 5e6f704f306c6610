/** Which scenarios a command line asks for. */
import { existsSync, realpathSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { type Node, parse } from '@cucumber/tag-expressions';
import type { Scenario } from '../outcome.js';
import type { Catalogue } from './scenarios.js';
import { sectionAt, sectionsOf } from './sections.js';
import { UsageError } from './usage-error.js';

export interface Filter {
  /** A tag expression: `@claim:U14 and not @requires:root`. An id with its row is a tag, too. */
  readonly tags?: string;
  /** A regular expression that the scenario's title has to match somewhere. */
  readonly name?: string;
  /** Features, directories of features, or `FEATURE:LINE`; none means all. */
  readonly paths?: readonly string[];
}

export interface Selected {
  /** In the order of the catalogue; never empty. */
  readonly scenarios: readonly Scenario[];
  /** False when the filter left a scenario out. */
  readonly everything: boolean;
}

type Test = (scenario: Scenario) => boolean;

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function byTags(expression: string): Test {
  let node: Node;
  try {
    node = parse(expression);
  } catch (error) {
    const reason = reasonOf(error)
      .trim()
      .replace(/\s*\n\s*/g, ' ');
    throw new UsageError(
      `--tags '${expression}' is not a tag expression (${reason}): write one like '@claim:U14 and not @requires:root'`,
    );
  }
  return ({ id, tags }) => node.evaluate([...tags, `@${id}`]);
}

function byName(pattern: string): Test {
  let expression: RegExp;
  try {
    expression = new RegExp(pattern, 'u');
  } catch (error) {
    throw new UsageError(
      `--name '${pattern}' is not a regular expression (${reasonOf(error)}): put \\ before ( ) [ ] { } * + ? . | ^ $ that are meant as they are`,
    );
  }
  return ({ name }) => expression.test(name);
}

/** Looks where the user stands first, then in the package: reports name features relative to it. */
function locate(path: string, root: string, cwd: string): string {
  const found = [resolve(cwd, path), resolve(root, path)].find((candidate) => existsSync(candidate));
  if (found === undefined) {
    throw new UsageError(`${path} does not exist: name a feature, or a directory of features, of ${root}`);
  }
  return relative(realpathSync(root), realpathSync(found));
}

function atLines(catalogue: Catalogue, uri: string, lines: readonly number[]): Test {
  const file = catalogue.files.find((each) => each.uri === uri);
  const feature = file?.document?.feature;
  if (!file || !feature)
    throw new UsageError(`${uri} is a directory: only a feature can be followed by :LINE`);
  const length = file.source.split('\n').length;
  const sections = sectionsOf(feature, length);
  const chosen = lines.map((line) => {
    const section = sectionAt(sections, line);
    if (!section) throw new UsageError(`${uri}:${line}: the feature has ${length} lines only`);
    return section;
  });
  return ({ line, uri: where }) => where === uri && chosen.some(({ from, to }) => from <= line && line <= to);
}

function byPath(catalogue: Catalogue, argument: string, cwd: string): Test {
  const [, path = argument, numbers = ''] = /^(.*?)((?::\d+)+)$/s.exec(argument) ?? [];
  const uri = locate(path, catalogue.root, cwd);
  const within: Test = (scenario) =>
    scenario.uri === uri || scenario.uri.startsWith(uri === '' ? '' : uri + sep);
  if (!catalogue.scenarios.some(within)) {
    throw new UsageError(`${path} has no scenario of this suite: name a feature of ${catalogue.root}`);
  }
  const lines = numbers.split(':').slice(1).map(Number);
  return lines.length === 0 ? within : atLines(catalogue, uri, lines);
}

/** @throws UsageError when the filter cannot be understood or leaves nothing. */
export function select(catalogue: Catalogue, filter: Filter, cwd: string = process.cwd()): Selected {
  const paths = (filter.paths ?? []).map((path) => byPath(catalogue, path, cwd));
  const tests: readonly Test[] = [
    ...(filter.tags === undefined ? [] : [byTags(filter.tags)]),
    ...(filter.name === undefined ? [] : [byName(filter.name)]),
    ...(paths.length === 0 ? [] : [(scenario: Scenario) => paths.some((test) => test(scenario))]),
  ];
  const scenarios = catalogue.scenarios.filter((scenario) => tests.every((test) => test(scenario)));
  if (scenarios.length === 0) {
    const asked = [
      ...(filter.tags === undefined ? [] : [`--tags '${filter.tags}'`]),
      ...(filter.name === undefined ? [] : [`--name '${filter.name}'`]),
      ...(filter.paths ?? []),
    ];
    throw new UsageError(
      asked.length === 0
        ? `there is no scenario in ${catalogue.root}`
        : `none of ${catalogue.scenarios.length} scenarios is selected by ${asked.join(' ')}: see what there is with 'list'`,
    );
  }
  return { scenarios, everything: scenarios.length === catalogue.scenarios.length };
}
