import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFeature } from './feature-file.js';
import { catalogueOf } from './scenarios.js';

const source = String.raw`@claim:U6
Feature: Copy-up
  A change to a lower file is made in a copy.

  Background:
    Given a union of these branches:
      | path  | upper (rw) | lower (ro) |
      | a.txt |            | a\|b\nc    |

  @copy-up.1 @needs:copy-on-write @requires:root
  Scenario: Appending copies a file up
    When "new" is appended to "a.txt"
    Then "a.txt" was copied up

  Rule: A copy is like the original

    @copy-up.2
    Scenario Outline: A <kind> is copied up
      Given "d" was created with:
        """
        one <kind>
        """
      When "d" is given mode 0600
      Then "d" is a <kind>

      Examples:
        | kind        | n |
        | fifo        | 1 |
        | char device | 2 |
`;

function problemsOf(text: string): readonly string[] {
  return catalogueOf([parseFeature(text, 'features/x.feature')]).problems.map(
    ({ line, what, remedy }) => `${line}: ${what}: ${remedy}`,
  );
}

test('a scenario has its id, place, tags and steps as written', () => {
  const { scenarios, problems } = catalogueOf([parseFeature(source, 'features/copy-up.feature')]);
  assert.deepEqual(problems, []);
  assert.deepEqual(scenarios[0], {
    id: 'copy-up.1',
    name: 'Appending copies a file up',
    feature: 'Copy-up',
    rule: '',
    uri: 'features/copy-up.feature',
    line: 11,
    claims: ['U6'],
    needs: ['copy-on-write'],
    requires: ['root'],
    tags: ['@claim:U6', '@copy-up.1', '@needs:copy-on-write', '@requires:root'],
    steps: [
      'Given a union of these branches:',
      '  | path  | upper (rw) | lower (ro) |',
      String.raw`  | a.txt |            | a\|b\nc    |`,
      'When "new" is appended to "a.txt"',
      'Then "a.txt" was copied up',
    ],
  });
});

test('a row of examples is a scenario of its own, named by its first cell', () => {
  const rows = catalogueOf([parseFeature(source, 'features/copy-up.feature')]).scenarios.slice(1);
  assert.deepEqual(
    rows.map(({ id, line, name, rule }) => [id, line, name, rule]),
    [
      ['copy-up.2:fifo', 28, 'A fifo is copied up', 'A copy is like the original'],
      ['copy-up.2:char-device', 29, 'A char device is copied up', 'A copy is like the original'],
    ],
  );
  assert.deepEqual(rows[0]?.steps.slice(3), [
    'Given "d" was created with:',
    '  """',
    '  one fifo',
    '  """',
    'When "d" is given mode 0600',
    'Then "d" is a fifo',
  ]);
});

test('a file that is not Gherkin is a problem at its line', () => {
  assert.match(
    problemsOf('Feature: x\n  Scenario: y\n    When z\n    Whan z\n').join(),
    /^4: expected: .*got 'Whan z'/,
  );
});

test('ids and tags that are wrong are problems', () => {
  const feature = (tags: string) => `Feature: x\n  ${tags}\n  Scenario: y\n    When z\n`;
  const cases: readonly [string, RegExp][] = [
    ['@needs:whiteouts', /^3: the scenario has no id: give it a tag/],
    ['@a.1 @b.2', /^3: the scenario has 2 ids \(@a\.1 @b\.2\)/],
    ['@a.1 @needs:whiteout', /^3: @needs:whiteout is no capability: known are copy-on-write, /],
    ['@a.1 @requires:sudo', /^3: @requires:sudo is no requirement: known are root, /],
    ['@a.1 @need:whiteouts', /^3: @need:whiteouts means nothing: tags are/],
    ['@a.1 @needs:constructor', /@needs:constructor is no capability/],
    ['@a.1 @Copy.2', /@Copy\.2 means nothing/],
  ];
  for (const [tags, expected] of cases) {
    const problems = problemsOf(feature(tags));
    assert.equal(problems.length, 1, tags);
    assert.match(problems.join(), expected);
  }
});

test('an id is used once', () => {
  const twice = '  @a.1\n  Scenario: y\n    When z\n';
  assert.deepEqual(problemsOf(`Feature: x\n${twice}${twice}`), [
    '6: a.1 is also the id of features/x.feature:3: give the newer one an id that was never used before',
  ]);
  const rows =
    '  @a.1\n  Scenario Outline: y\n    When <z>\n    Examples:\n      | z |\n      | 1 |\n      | 1 |\n';
  assert.match(problemsOf(`Feature: x\n${rows}`).join(), /^8: a\.1:1 is also .*first column/);
});
