/** The tags of a scenario: one id, and what it claims, needs and requires. */
import { type Capability, capabilities, isCapability } from '../capability.js';
import { isRequirement, type Requirement, requirements } from '../requirement.js';

const idTag = /^@[a-z][a-z0-9]*(-[a-z0-9]+)*\.[1-9][0-9]*$/;
const prefixes = ['@claim:', '@needs:', '@requires:'] as const;

export interface TagProblem {
  readonly what: string;
  readonly remedy: string;
}

export interface Tags {
  /** Without `@`; empty when there is none. */
  readonly id: string;
  readonly claims: readonly string[];
  readonly needs: readonly Capability[];
  readonly requires: readonly Requirement[];
  readonly problems: readonly TagProblem[];
}

function idProblem(ids: readonly string[]): readonly TagProblem[] {
  if (ids.length === 1) return [];
  return ids.length === 0
    ? [{ what: 'the scenario has no id', remedy: 'give it a tag like @copy-up.7 that was never used before' }]
    : [{ what: `the scenario has ${ids.length} ids (${ids.join(' ')})`, remedy: 'leave exactly one' }];
}

function unknown(tag: string): readonly TagProblem[] {
  const name = tag.slice(tag.indexOf(':') + 1);
  if (tag.startsWith('@needs:') && !isCapability(name)) {
    return [{ what: `${tag} is no capability`, remedy: `known are ${Object.keys(capabilities).join(', ')}` }];
  }
  if (tag.startsWith('@requires:') && !isRequirement(name)) {
    return [
      { what: `${tag} is no requirement`, remedy: `known are ${Object.keys(requirements).join(', ')}` },
    ];
  }
  if (!idTag.test(tag) && !prefixes.some((prefix) => tag.startsWith(prefix))) {
    return [
      { what: `${tag} means nothing`, remedy: `tags are an id like @copy-up.7, ${prefixes.join('…, ')}…` },
    ];
  }
  return [];
}

/** `tags` are the scenario's own and those it inherits, with `@`. */
export function readTags(tags: readonly string[]): Tags {
  const ids = tags.filter((tag) => idTag.test(tag));
  const after = (prefix: (typeof prefixes)[number]) => [
    ...new Set(tags.filter((tag) => tag.startsWith(prefix)).map((tag) => tag.slice(prefix.length))),
  ];
  return {
    id: ids[0]?.slice(1) ?? '',
    claims: after('@claim:'),
    needs: after('@needs:').filter(isCapability),
    requires: after('@requires:').filter(isRequirement),
    problems: [...idProblem(ids), ...tags.flatMap(unknown)],
  };
}
