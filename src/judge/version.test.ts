import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareVersions, satisfies, versionOf } from './version.js';

test('a version is the first dotted number of a text', () => {
  assert.deepEqual(versionOf('6.1.0-18-amd64'), [6, 1, 0]);
  assert.deepEqual(versionOf('fuse-overlayfs: version 1.13-dev'), [1, 13]);
  assert.equal(versionOf(''), undefined);
});

test('versions are compared number by number', () => {
  const ascending = ['0', '1.9', '1.10', '1.10.1', '2', '10'].map((text) => text.split('.').map(Number));
  for (const [index, one] of ascending.entries()) {
    for (const [position, other] of ascending.entries()) {
      assert.equal(Math.sign(compareVersions(one, other)), Math.sign(index - position), `${one} ${other}`);
    }
  }
  assert.equal(compareVersions([6, 1], [6, 1, 0]), 0);
});

test('comparisons hold all together', () => {
  const cases: readonly [string, string, boolean][] = [
    ['1.12', '<1.13', true],
    ['1.13', '<1.13', false],
    ['1.13', '<=1.13', true],
    ['1.13.1', '<=1.13', false],
    ['1.13', '>1.13', false],
    ['1.9', '>1.13', false],
    ['1.13', '>=1.13', true],
    ['1.13', '=1.13', true],
    ['1.13.1', '=1.13', false],
    ['6.1.0-18-amd64', '>=5.15 <6.6', true],
    ['6.6.0', '>=5.15 <6.6', false],
    ['5.4', '>= 5.15 < 6.6', false],
    ['', '<99', false],
    ['unknown', '>=0', false],
  ];
  for (const [version, comparisons, expected] of cases) {
    assert.equal(satisfies(version, comparisons), expected, `${version} ${comparisons}`);
  }
});
