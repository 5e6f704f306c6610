import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readCatalogue } from './scenarios.js';
import { type Filter, select } from './select.js';
import { UsageError } from './usage-error.js';

const root = mkdtempSync(join(tmpdir(), 'select-'));
after(() => rmSync(root, { recursive: true }));
mkdirSync(join(root, 'features/deep'), { recursive: true });
writeFileSync(
  join(root, 'features/one.feature'),
  `Feature: One

  @one.1 @needs:whiteouts
  Scenario: The first
    When x
    Then y

  Rule: Some rule

    @one.2
    Scenario: The second
      When x

    @one.3
    Scenario Outline: The <n>
      When <n>

      Examples:
        | n      |
        | third  |
        | fourth |
`,
);
writeFileSync(
  join(root, 'features/deep/two.feature'),
  'Feature: Two\n  @two.1\n  Scenario: Another (last)\n    When x\n',
);
writeFileSync(join(root, 'features/deep/notes.txt'), '');
const catalogue = readCatalogue(root);

function ids(filter: Filter, cwd = '/'): string {
  return select(catalogue, filter, cwd)
    .scenarios.map(({ id }) => id)
    .join(' ');
}

test('no filter selects everything, features by path', () => {
  assert.equal(ids({}), 'two.1 one.1 one.2 one.3:third one.3:fourth');
  assert.equal(select(catalogue, {}).everything, true);
  assert.equal(select(catalogue, { name: 'T' }).everything, false);
});

test('tags, names and paths select together', () => {
  assert.equal(ids({ tags: '@needs:whiteouts or @two.1' }), 'two.1 one.1');
  assert.equal(ids({ tags: 'not @one.3' }), 'two.1 one.1 one.2');
  assert.equal(ids({ tags: '@one.3:fourth' }), 'one.3:fourth');
  assert.equal(ids({ name: '^The f' }), 'one.1 one.3:fourth');
  assert.equal(ids({ name: '^The f', paths: ['features/one.feature:8'] }), 'one.3:fourth');
});

test('paths are features, directories and lines', () => {
  const one = (line: string) => ids({ paths: [`features/one.feature${line}`] });
  assert.equal(one(''), 'one.1 one.2 one.3:third one.3:fourth');
  assert.equal(one(':1'), 'one.1 one.2 one.3:third one.3:fourth');
  assert.equal(one(':3'), 'one.1');
  assert.equal(one(':6'), 'one.1');
  assert.equal(one(':8'), 'one.2 one.3:third one.3:fourth');
  assert.equal(one(':15'), 'one.3:third one.3:fourth');
  assert.equal(one(':20'), 'one.3:third');
  assert.equal(one(':4:21'), 'one.1 one.3:fourth');
  assert.equal(ids({ paths: ['features/deep', 'features/one.feature:4'] }), 'two.1 one.1');
  assert.equal(ids({ paths: ['.'] }, root), ids({}));
  assert.equal(ids({ paths: ['two.feature'] }, join(root, 'features/deep')), 'two.1');
  assert.equal(ids({ paths: [join(root, 'features/deep')] }), 'two.1');
});

test('what cannot be understood is a usage error that says what to do', () => {
  const cases: readonly [Filter, RegExp][] = [
    [{ tags: '@a and' }, /^--tags '@a and' is not a tag expression \(.*: write one like/],
    [{ tags: '@two.9' }, /none of 5 scenarios is selected by --tags '@two\.9'/],
    [{ name: 'Another (last' }, /^--name 'Another \(last' is not a regular expression/],
    [{ paths: ['features/three.feature'] }, /^features\/three\.feature does not exist: name a feature/],
    [{ paths: ['features/deep/notes.txt'] }, /notes\.txt has no scenario of this suite/],
    [{ paths: ['/usr'] }, /^\/usr has no scenario of this suite/],
    [{ paths: ['features/deep:3'] }, /is a directory: only a feature can be followed by :LINE/],
    [{ paths: ['features/one.feature:99'] }, /one\.feature:99: the feature has 22 lines only/],
  ];
  for (const [filter, message] of cases) {
    assert.throws(
      () => ids(filter),
      (error) => error instanceof UsageError && message.test(error.message),
    );
  }
});
