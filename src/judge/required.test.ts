import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from '../catalogue/usage-error.js';
import { readRequired } from './required.js';

test('requirements, capabilities and backends can be required', () => {
  assert.deepEqual(readRequired('all', []), ['all']);
  assert.deepEqual(readRequired('root, hard-links,backend,mine', ['mine']), [
    'root',
    'hard-links',
    'backend',
    'mine',
  ]);
});

test('anything else is a usage error that says what there is', () => {
  for (const text of ['', 'rot', 'root,', 'theirs', 'toString']) {
    assert.throws(
      () => readRequired(text, ['mine']),
      (error) =>
        error instanceof UsageError && /is not known: name all, backend, root, .*mine/.test(error.message),
    );
  }
});
