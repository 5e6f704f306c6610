/** The lines of a feature file that belong together, as `FEATURE:LINE` selects them. */
import type { Feature, Location, Scenario, Tag } from '@cucumber/messages';

export interface Section {
  /** From 1, inclusive. */
  readonly from: number;
  /** Inclusive. */
  readonly to: number;
  /** 0 for the feature, 1 for a rule, 2 for a scenario, 3 for a row of examples. */
  readonly depth: number;
}

interface Heading {
  readonly tags: readonly Tag[];
  readonly location: Location;
}

function firstLine(heading: Heading): number {
  return Math.min(heading.location.line, ...heading.tags.map((tag) => tag.location.line));
}

function rows(scenario: Scenario, depth: number): readonly Section[] {
  return scenario.examples
    .flatMap((examples) => examples.tableBody)
    .map(({ location: { line } }) => ({ from: line, to: line, depth }));
}

/** Sections of siblings: each goes on until the next one begins. */
function scenarios(siblings: readonly Scenario[], end: number, depth: number): readonly Section[] {
  return siblings.flatMap((scenario, index) => {
    const next = siblings[index + 1];
    const to = next ? firstLine(next) - 1 : end;
    return [{ from: firstLine(scenario), to, depth }, ...rows(scenario, depth + 1)];
  });
}

/** Every section of a feature that has `lines` lines. */
export function sectionsOf(feature: Feature, lines: number): readonly Section[] {
  const rules = feature.children.flatMap(({ rule }) => (rule ? [rule] : []));
  const own = feature.children.flatMap(({ scenario }) => (scenario ? [scenario] : []));
  const beforeRules = rules[0] ? firstLine(rules[0]) - 1 : lines;
  return [
    { from: 1, to: lines, depth: 0 },
    ...scenarios(own, beforeRules, 2),
    ...rules.flatMap((rule, index) => {
      const next = rules[index + 1];
      const to = next ? firstLine(next) - 1 : lines;
      const inside = rule.children.flatMap(({ scenario }) => (scenario ? [scenario] : []));
      return [{ from: firstLine(rule), to, depth: 1 }, ...scenarios(inside, to, 2)];
    }),
  ];
}

/** The innermost section around a line. */
export function sectionAt(sections: readonly Section[], line: number): Section | undefined {
  return sections
    .filter(({ from, to }) => from <= line && line <= to)
    .reduce<Section | undefined>(
      (inner, each) => (inner && inner.depth > each.depth ? inner : each),
      undefined,
    );
}
