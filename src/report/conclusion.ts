/** What a run says as a whole, in a few words. */
import type { Report } from '../outcome.js';

/** By the exit code: 0 conformant, 1 not, 2 incomplete, anything else a fault of the harness. */
export function conclusion({
  footer,
}: Report): 'conformant' | 'not conformant' | 'incomplete' | 'harness error' {
  switch (footer.exitCode) {
    case 0:
      return 'conformant';
    case 1:
      return 'not conformant';
    case 2:
      return 'incomplete';
    default:
      return 'harness error';
  }
}

/** The last line of every run: passed with known deviations, skipped with unsupported, failed is the rest. */
export function closingLine({ footer: { counts } }: Report): string {
  const passed = counts.pass + counts['known-deviation'];
  const skipped = counts.unsupported + counts.skipped;
  const all = Object.values(counts).reduce((sum, each) => sum + each, 0);
  return `${passed} passed, ${all - passed - skipped} failed, ${skipped} skipped`;
}
