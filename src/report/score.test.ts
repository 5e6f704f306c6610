import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleReport } from './sample-report.js';
import { percent, scoreBackends, scoreOf } from './score.js';

const report = sampleReport({ scenarios: 48, backends: 6 });

test('the parts of a score add up, also over the features', () => {
  for (const { score, features } of scoreBackends(report)) {
    const { holds, knownDeviations, red, unsupported, skipped, notRun, all } = score;
    assert.equal(holds + knownDeviations + red + unsupported + skipped + notRun, all);
    assert.equal(all, 48);
    assert.equal(
      features.reduce((sum, feature) => sum + feature.score.executed, 0),
      score.executed,
    );
    assert.deepEqual(
      features.map(({ feature }) => feature),
      ['Whiteouts', 'Copy-up', 'Rename', 'Opaque directories'],
    );
  }
});

test('what says nothing about the backend is not covered', () => {
  const verdicts = ['skipped', 'unsupported', 'not-run', 'error', 'dishonest-capability'];
  const results = report.results.filter(({ verdict }) => verdicts.includes(verdict));
  const score = scoreOf(results);
  assert.ok(score.all > 0 && score.red > 0);
  assert.equal(score.executed, 0);
  assert.equal(score.coverage, 0);
  assert.equal(scoreOf([]).coverage, 0);
});

test('a scenario without a result counts as not run, and of a missing backend as skipped', () => {
  const scores = scoreBackends({ ...report, results: [] });
  assert.deepEqual(
    scores.map(({ backend, score }) => [backend, score.notRun, score.skipped]),
    [
      ['embedded', 48, 0],
      ['kernel-overlay', 48, 0],
      ['fuse-overlayfs', 48, 0],
      ['unionfs-fuse', 48, 0],
      ['mergerfs', 48, 0],
      ['aufs', 0, 48],
    ],
  );
});

test('a gap is never rounded away', () => {
  assert.deepEqual([0, 0.001, 0.5, 0.999, 1].map(percent), ['0 %', '<1 %', '50 %', '99 %', '100 %']);
});
