import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Outcome, Result, Verdict } from '../outcome.js';
import { failuresOf, groupFailures, listed } from './failures.js';
import { sampleReport } from './sample-report.js';

const report = sampleReport({ scenarios: 20, backends: 2 });

function allBeing(verdict: Verdict, outcome: Outcome): readonly Result[] {
  return report.results.map((result) => ({ ...result, verdict, outcome }));
}

test('the same fault of the harness is told once for each backend', () => {
  const outcome = { kind: 'error', step: '', message: 'no worker starts', evidence: [] } as const;
  const groups = groupFailures(failuresOf({ ...report, results: allBeing('error', outcome) }));
  assert.deepEqual(
    groups.map(({ result, alike }) => [result.backend, result.scenario, alike.length]),
    [
      ['embedded', 'whiteouts.1', 19],
      ['kernel-overlay', 'whiteouts.1', 19],
    ],
  );
});

test('failures of the backend are told one by one, and what was not run is none', () => {
  const outcome = { kind: 'failed', signature: 'EIO', step: '', message: 'EIO', evidence: [] } as const;
  assert.equal(groupFailures(failuresOf({ ...report, results: allBeing('fail', outcome) })).length, 40);
  assert.equal(failuresOf({ ...report, results: [] }).length, 0);
});

test('a long list ends with how many more there are', () => {
  assert.equal(listed(['a', 'b']), 'a, b');
  assert.equal(listed(['a', 'b', 'c'], 2), 'a, b and 1 more');
});
