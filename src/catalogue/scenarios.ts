/** The features as data: every scenario, and every row of examples, in the order of the files. */
import type { Examples, Feature, Pickle, Scenario as Written } from '@cucumber/messages';
import type { Scenario } from '../outcome.js';
import { type FeatureFile, readFeatures } from './feature-file.js';
import { packageRoot } from './package-root.js';
import { inOrder, type Problem } from './problem.js';
import { stepLines } from './step-text.js';
import { readTags } from './tags.js';

export interface Catalogue {
  /** Absolute; what the uris are relative to. */
  readonly root: string;
  readonly files: readonly FeatureFile[];
  readonly scenarios: readonly Scenario[];
  /** What makes a run meaningless: files that are not Gherkin, ids and tags that are wrong. */
  readonly problems: readonly Problem[];
}

interface Place {
  readonly feature: Feature;
  readonly rule: string;
  readonly written: Written;
}

/** Where each scenario stands, by the id of its node. */
function placesOf(feature: Feature): ReadonlyMap<string, Place> {
  const places = feature.children.flatMap(({ rule, scenario }) => [
    ...(scenario ? [{ feature, rule: '', written: scenario }] : []),
    ...(rule?.children ?? []).flatMap((child) =>
      child.scenario ? [{ feature, rule: rule?.name ?? '', written: child.scenario }] : [],
    ),
  ]);
  return new Map(places.map((place) => [place.written.id, place]));
}

/** The keyword of each step, by the id of its node: `Given `. */
function keywordsOf(feature: Feature): ReadonlyMap<string, string> {
  const children = feature.children.flatMap((child) => [child, ...(child.rule?.children ?? [])]);
  const steps = children.flatMap(({ background, scenario }) => (background ?? scenario)?.steps ?? []);
  return new Map(steps.map((step) => [step.id, step.keyword]));
}

/** What tells a row of examples apart: its first cell, with `-` for blanks. */
function slugOf(examples: readonly Examples[], rowId: string): string {
  const row = examples.flatMap(({ tableBody }) => tableBody).find(({ id }) => id === rowId);
  return (row?.cells[0]?.value ?? '').trim().replace(/\s+/g, '-');
}

function scenarioOf(file: FeatureFile, pickle: Pickle, place: Place, keywords: ReadonlyMap<string, string>) {
  const [, rowId] = pickle.astNodeIds;
  const tags = pickle.tags.map(({ name }) => name);
  const { id, claims, needs, requires, problems } = readTags(tags);
  const line = pickle.location?.line ?? place.written.location.line;
  const scenario: Scenario = {
    id: rowId === undefined ? id : `${id}:${slugOf(place.written.examples, rowId)}`,
    name: pickle.name,
    feature: place.feature.name,
    rule: place.rule,
    uri: file.uri,
    line,
    claims,
    needs,
    requires,
    tags,
    steps: pickle.steps.flatMap((step) => stepLines(keywords.get(step.astNodeIds[0] ?? '') ?? '*', step)),
  };
  return {
    scenario,
    problems: problems.map((problem) => ({ file: file.uri, line: place.written.location.line, ...problem })),
  };
}

function scenariosOf(file: FeatureFile) {
  const feature = file.document?.feature;
  if (!feature) return [];
  const places = placesOf(feature);
  const keywords = keywordsOf(feature);
  return file.pickles.flatMap((pickle) => {
    const place = places.get(pickle.astNodeIds[0] ?? '');
    return place ? [scenarioOf(file, pickle, place, keywords)] : [];
  });
}

function repeated(scenarios: readonly Scenario[]): readonly Problem[] {
  const first = new Map<string, Scenario>();
  return scenarios.flatMap((scenario) => {
    const earlier = first.get(scenario.id);
    if (!earlier) first.set(scenario.id, scenario);
    if (!earlier || scenario.id === '') return [];
    const remedy = scenario.id.includes(':')
      ? 'let the first column of the examples tell the rows apart'
      : 'give the newer one an id that was never used before';
    const what = `${scenario.id} is also the id of ${earlier.uri}:${earlier.line}`;
    return [{ file: scenario.uri, line: scenario.line, what, remedy }];
  });
}

export function catalogueOf(files: readonly FeatureFile[], root: string = packageRoot): Catalogue {
  const read = files.flatMap(scenariosOf);
  const scenarios = read.map(({ scenario }) => scenario);
  return {
    root,
    files,
    scenarios,
    problems: inOrder([
      ...files.flatMap(({ problems }) => problems),
      ...read.flatMap(({ problems }) => problems),
      ...repeated(scenarios),
    ]),
  };
}

/** Reads all features of the package. About 0.1 ms for each scenario. */
export function readCatalogue(root: string = packageRoot, folder = 'features'): Catalogue {
  return catalogueOf(readFeatures(root, folder), root);
}
