/** How many phrases the features are written with. */
import type { Scenario } from '../outcome.js';

/** What is said alike is one phrase: names, numbers, modes, policies, errnos, signals, tenses and `soon` do not count. */
export function phraseOf(text: string): string {
  return text
    .replace(/^(Given|When|Then|And|But|\*) /, '')
    .replace(/"(?:[^"\\]|\\.)*"/g, '"…"')
    .replace(/\bE[A-Z0-9]{2,}\b/g, 'ERRNO')
    .replace(/\bO_[A-Z]+(\|O_[A-Z]+)*/g, 'O_FLAGS')
    .replace(/\b(user|trusted|security|system)\.[\w.]+/g, 'ATTRIBUTE')
    .replace(/\b\d+([.:]\d+)*\b/g, 'N')
    .replace(/\b(file|of) [a-z]\b/g, '$1 f')
    .replace(/\bon the host\b/g, 'in container a')
    .replace(/\b(container|process) [a-z]\b/g, 'container a')
    .replace(/\bimages? [a-z]+( and [a-z]+)?\b/g, 'image a')
    .replace(/\blayer [a-z]+ of\b/g, 'layer a of')
    .replace(/\b(and|control groups?) [a-z]\b/g, '$1 a')
    .replace(/\bSIG[A-Z0-9]+\b/g, 'SIGNAL')
    .replace(/\bprocesses\b/g, 'process')
    .replace(/\bthe [a-z]+ branch\b/g, 'the b branch')
    .replace(/\b(as|made) (rw|r[or](\+wh)?)$/, '$1 MODE')
    .replace(/\b(policy|access) [a-z]+$/, '$1 NAME')
    .replace(/\b(was|were|are)\b/g, 'is')
    .replace(/ soon (reads|has|lists)\b/g, ' $1')
    .replace(/:$/, '');
}

/** Each phrase with the number of steps that use it, the most used first. */
export function vocabularyOf(scenarios: readonly Scenario[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of scenarios.flatMap(({ steps }) => steps)) {
    if (line.startsWith('  ')) continue;
    const phrase = phraseOf(line);
    counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
  }
  return new Map([...counts].sort(([, one], [, other]) => other - one));
}
