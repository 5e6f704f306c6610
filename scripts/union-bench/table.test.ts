import assert from 'node:assert/strict';
import { test } from 'node:test';
import { best, geometricMean, judge, showTable, showTargets } from './table.js';

test('the least of several rounds counts, workload by workload', () => {
  const rounds = [
    { times: { stat: 4, walk: 9 }, memory: undefined },
    { times: { stat: 5, walk: 3 }, memory: undefined },
  ];
  assert.deepEqual(best(rounds), { stat: 4, walk: 3 });
});

test('a geometric mean is over what both can do', () => {
  assert.equal(geometricMean({ stat: 2, walk: 8, copy: 1 }, { stat: 1, walk: 1 }), 4);
  assert.equal(geometricMean({ stat: 2 }, {}), undefined);
});

test('a table shows milliseconds, ratios and what one cannot do; targets are met or not', () => {
  const measured = new Map([
    ['userland-fuse', { stat: 20, copy: 5 }],
    ['mergerfs', { stat: 40 }],
  ]);
  const table = showTable(measured, 'userland-fuse').split('\n');
  assert.deepEqual(table, [
    '| workload | userland-fuse | mergerfs | / mergerfs |',
    '| --- | --: | --: | --: |',
    '| stat | 20 | 40 | 0.50 |',
    '| copy | 5.0 | – | – |',
    '| geometric mean |  |  | 0.50 |',
  ]);
  const judged = judge(measured, 'userland-fuse');
  assert.equal(judged.find(({ beside }) => beside === 'mergerfs')?.ratio, 0.5);
  assert.match(showTargets(judged, 'userland-fuse'), /✗ .* mergerfs: 0\.50, at most 0\.45/);
  assert.match(showTargets(judged, 'userland-fuse'), /overlay: not measured/);
});
