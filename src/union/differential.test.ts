import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BranchMode } from '../backend.js';
import { type DifferentialOptions, differ } from './differential.js';
import { Engine } from './engine.js';

const unions: readonly (readonly BranchMode[])[] = [
  ['rw', 'ro'],
  ['rw', 'ro+wh', 'ro'],
  ['rw', 'rw', 'ro'],
  ['ro', 'rw'],
  ['rw', 'ro', 'rw', 'ro+wh'],
];

const isRoot = process.geteuid?.() === 0;

for (const modes of unions) {
  test(`a union of ${modes.join(', ')} behaves like a plain directory`, {
    skip: !isRoot && 'needs root',
  }, () => {
    const umask = process.umask(0);
    try {
      for (let seed = 1; seed <= 4; seed++) {
        const options: DifferentialOptions = {
          seed,
          modes,
          operations: 30,
          asUser: seed % 2 === 0,
          remounts: seed % 3 === 0,
        };
        assert.equal(differ(options), undefined, `seed ${seed}`);
      }
    } finally {
      process.umask(umask);
    }
  });
}

test('the comparison sees a rule that is broken', { skip: !isRoot && 'needs root' }, () => {
  class NoWhiteouts extends Engine {
    protected override coverName(): void {}
  }
  const found = [1, 2, 3, 4, 5].some(
    (seed) => differ({ seed, modes: ['rw', 'ro'], operations: 60, Engine: NoWhiteouts }) !== undefined,
  );
  assert.ok(found);
});
