/** The rules that keep features readable (CONTRIBUTING.md), each as a function of the catalogue. */
import type { Background, Feature, Rule, Scenario as Written } from '@cucumber/messages';
import { type Claims, claimsWithoutScenario, unknownClaims } from './claims.js';
import type { FeatureFile } from './feature-file.js';
import { inOrder, type Problem } from './problem.js';
import type { Catalogue } from './scenarios.js';
import { orderProblems } from './step-order.js';

export interface LintContext {
  readonly claims: Claims;
  /** Names of implementations: features speak of capabilities instead. */
  readonly backendNames: readonly string[];
}

interface Titled {
  readonly file: string;
  readonly written: Written;
  readonly backgrounds: readonly Background[];
}

function featuresOf(files: readonly FeatureFile[]) {
  return files.flatMap(({ uri, document }) =>
    document?.feature ? [{ file: uri, feature: document.feature }] : [],
  );
}

function rulesOf(feature: Feature): readonly Rule[] {
  return feature.children.flatMap(({ rule }) => (rule ? [rule] : []));
}

function scenariosOf(files: readonly FeatureFile[]): readonly Titled[] {
  return featuresOf(files).flatMap(({ file, feature }) => {
    const common = feature.children.flatMap(({ background }) => (background ? [background] : []));
    const own = feature.children.flatMap(({ scenario }) => (scenario ? [scenario] : []));
    const inRules = rulesOf(feature).flatMap(({ children }) => {
      const backgrounds = [...common, ...children.flatMap(({ background }) => background ?? [])];
      return children.flatMap(({ scenario }) => (scenario ? [{ file, written: scenario, backgrounds }] : []));
    });
    return [...own.map((written) => ({ file, written, backgrounds: common })), ...inRules];
  });
}

function withoutProse(files: readonly FeatureFile[]): readonly Problem[] {
  return featuresOf(files).flatMap(({ file, feature }) =>
    [feature, ...rulesOf(feature)]
      .filter(({ description }) => description.trim() === '')
      .map(({ keyword, name, location: { line } }) => ({
        file,
        line,
        what: `${keyword} '${name}' has no prose`,
        remedy: 'teach in a few sentences what it is about',
      })),
  );
}

function titles(files: readonly FeatureFile[]): readonly Problem[] {
  const first = new Map<string, Titled>();
  return scenariosOf(files).flatMap((titled) => {
    const { file, written } = titled;
    const { name } = written;
    const line = written.location.line;
    const earlier = first.get(name);
    if (!earlier) first.set(name, titled);
    const [word] = /\b(should|tests?|correctly)\b/i.exec(name) ?? [];
    return [
      ...(earlier
        ? [
            {
              file,
              line,
              what: `the title '${name}' is also that of ${earlier.file}:${earlier.written.location.line}`,
              remedy: 'say what is special here',
            },
          ]
        : []),
      ...(word === undefined
        ? []
        : [
            {
              file,
              line,
              what: `the title says '${word}'`,
              remedy: 'write what is true, in the present tense: Appending to a lower file copies it up',
            },
          ]),
      ...(name.trim() === ''
        ? [{ file, line, what: 'the scenario has no title', remedy: 'write what is true' }]
        : []),
    ];
  });
}

function steps(files: readonly FeatureFile[]): readonly Problem[] {
  return scenariosOf(files).flatMap(({ file, written, backgrounds }) =>
    orderProblems(written, backgrounds).map((problem) => ({ file, ...problem })),
  );
}

/** As a word: neither `.wh..wh.aufs` nor `overlays` names a backend; `owner/name#337` is where a bug is reported. */
function backendNames(files: readonly FeatureFile[], names: readonly string[]): readonly Problem[] {
  if (names.length === 0) return [];
  const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`(?<![\\w./-])(${escaped.join('|')})(?![\\w-])`, 'i');
  return files.flatMap(({ uri, source }) =>
    source.split('\n').flatMap((text, index) => {
      const [name] = pattern.exec(text) ?? [];
      return name === undefined
        ? []
        : [
            {
              file: uri,
              line: index + 1,
              what: `'${name}' is the name of a backend`,
              remedy: 'ask for a capability with @needs:…, and record the difference in deviations.yaml',
            },
          ];
    }),
  );
}

/** Everything that is wrong with features and claims, by file and line. */
export function lint(catalogue: Catalogue, context: LintContext): readonly Problem[] {
  const { files, scenarios } = catalogue;
  return inOrder([
    ...catalogue.problems,
    ...context.claims.problems,
    ...unknownClaims(context.claims, scenarios),
    ...claimsWithoutScenario(context.claims, scenarios),
    ...withoutProse(files),
    ...titles(files),
    ...steps(files),
    ...backendNames(files, context.backendNames),
  ]);
}
