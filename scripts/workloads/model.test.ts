import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seeded } from '../../src/union/random-operations.js';
import { beginning, changed, difference, type Model, randomChange } from './model.js';

test('changes can always be made, and each makes the tree another one or says the same', () => {
  const random = seeded(1);
  const kinds = new Set<string>();
  let model: Model = beginning;
  for (let version = 3; version < 3000; version++) {
    const change = randomChange(model, random, version);
    kinds.add(change.change);
    if (change.change !== 'mkdir' && change.change !== 'replace') assert.ok(model.has(change.path));
    model = changed(model, change);
  }
  assert.deepEqual([...kinds].sort(), ['chmod', 'delete', 'mkdir', 'rename', 'replace', 'rmdir', 'truncate']);
});

test('a difference names the first path that differs', () => {
  assert.equal(difference(beginning, beginning), undefined);
  const without = changed(beginning, { change: 'delete', path: 'f3' });
  assert.match(difference(beginning, without) ?? '', /^f3: nothing, expected 644, /);
  const cut = changed(beginning, { change: 'truncate', path: 'f4', size: 3 });
  assert.match(difference(cut, beginning) ?? '', /^f4: 644, \d+ bytes/);
});
