import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchesOf, shuffled } from './batches.js';

const scenarios = Array.from({ length: 500 }, (_, index) => ({
  id: `a.${index}`,
  uri: 'a.feature',
  line: index,
}));

test('batches hold every scenario once, in order', () => {
  for (const workers of [1, 2, 16]) {
    const batches = batchesOf('one', scenarios, workers);
    assert.deepEqual(
      batches.flatMap((batch) => batch.scenarios),
      scenarios,
    );
    assert.ok(batches.length >= Math.min(workers, 8));
  }
  assert.deepEqual(batchesOf('one', [], 2), []);
});

test('a seed determines the order, and nothing is lost', () => {
  assert.deepEqual(shuffled(scenarios, 7), shuffled(scenarios, 7));
  assert.notDeepEqual(shuffled(scenarios, 7), shuffled(scenarios, 8));
  const byLine = (a: { line: number }, b: { line: number }) => a.line - b.line;
  assert.deepEqual(shuffled(scenarios, 7).sort(byLine), scenarios);
});
