/**
 * Comparisons of versions, as deviations use them: `<1.13`, `>=5.15 <6.6`. A version is
 * what the first dotted number of a text says (`6.1.0-18-amd64` is 6.1.0); numbers that are
 * left out are 0, so 6.1 equals 6.1.0.
 */
const comparison = /(<=|>=|<|>|=) *(\d+(?:\.\d+)*)/g;

type Version = readonly number[];

export function versionOf(text: string): Version | undefined {
  const [found] = /\d+(\.\d+)*/.exec(text) ?? [];
  return found?.split('.').map(Number);
}

/** Negative when the first is older, 0 when they are equal. */
export function compareVersions(one: Version, other: Version): number {
  const length = Math.max(one.length, other.length);
  for (let index = 0; index < length; index++) {
    const difference = (one[index] ?? 0) - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function holds(operator: string, order: number): boolean {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    default:
      return order === 0;
  }
}

/** Whether all comparisons hold; none holds for a text without a version. */
export function satisfies(text: string, comparisons: string): boolean {
  const version = versionOf(text);
  if (version === undefined) return false;
  return [...comparisons.matchAll(comparison)].every(([, operator = '=', number = '']) =>
    holds(operator, compareVersions(version, number.split('.').map(Number))),
  );
}
