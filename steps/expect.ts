import { ExpectationFailed } from '../src/runner/stage.js';

/** @throws ExpectationFailed with a message that says what is instead. */
export function expect(holds: boolean, otherwise: string, errno?: string): void {
  if (!holds) throw new ExpectationFailed(otherwise, errno === undefined ? {} : { errno });
}

/** Two lists in the same order. @throws ExpectationFailed */
export function expectSame(what: string, seen: readonly string[], wanted: readonly string[]): void {
  const show = (list: readonly string[]) => list.join(', ') || 'nothing';
  expect(seen.join('\n') === wanted.join('\n'), `${what}: ${show(seen)}, not ${show(wanted)}`);
}
