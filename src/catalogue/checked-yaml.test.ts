import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkYaml } from './checked-yaml.js';

function problemsOf(text: string): readonly string[] {
  return checkYaml(text, 'd.yaml', 'deviations.schema.json').problems.map(
    ({ line, what, remedy }) => `${line}: ${what}: ${remedy}`,
  );
}

const entry = `schema: deviations/1
entries:
  - scenario: copy-up.7
    outcome: fail
    signature: EXDEV
    kind: bug
    reason: because
`;

test('content that fits the schema has no problems', () => {
  const { content, problems, lineOf } = checkYaml(entry, 'd.yaml', 'deviations.schema.json');
  assert.deepEqual(problems, []);
  assert.deepEqual(Object.keys(content ?? {}), ['schema', 'entries']);
  assert.equal(lineOf(['entries', 0]), 3);
  assert.equal(lineOf(['entries', 0, 'kind']), 6);
});

test('each mistake is told with its line and what is allowed', () => {
  const cases: readonly [string, string, RegExp][] = [
    ['kind: bug', 'kind: feature', /^6: kind cannot be feature: write bug, by-design or environment$/],
    ['deviations/1', 'deviations/2', /^1: schema cannot be deviations\/2: write schema: deviations\/1$/],
    ['    reason: because\n', '', /^3: reason is missing: say in a sentence/],
    ['reason: because', "reason: ''", /^7: reason cannot be empty: say in a sentence/],
    [
      'kind: bug',
      'kind: bug\n    sinse: 2',
      /^7: sinse is not known here: fields are scenario, when, outcome, /,
    ],
    ['copy-up.7', '"*"', /^3: scenario cannot be \*: the id of a scenario/],
    [
      'kind: bug',
      'kind: bug\n    when: { version: 1.13 }',
      /^7: version cannot be 1.13: a quoted comparison/,
    ],
    [
      'kind: bug',
      "kind: bug\n    when:\n      kernel: '~6.6'",
      /^8: kernel cannot be ~6\.6: a quoted comparison/,
    ],
    ['kind: bug', 'kind: bug\n    when: {}', /^7: when cannot be a map: a map of version, kernel and user/],
    ['kind: bug', 'kind: bug\n    when: { version: >=1 }', /^\d: .*: this is not YAML; texts with/],
    ['outcome: fail', 'outcome: hang', /^4: outcome cannot be hang: write fail: a hang, a crash or an error/],
    [
      entry.slice(entry.indexOf('  -')),
      '  - copy-up.7\n',
      /^3: an item cannot be copy-up\.7: an entry is a map/,
    ],
    [entry.slice(entry.indexOf('entries')), '', /^1: entries is missing: a list of entries/],
    [entry, '', /^1: the file cannot be null: a map with schema and entries/],
    ['kind: bug', 'kind: bug\n    kind: bug', /^7: Map keys must be unique: this is not YAML/],
  ];
  for (const [part, replacement, expected] of cases) {
    const problems = problemsOf(entry.replace(part, () => replacement));
    assert.match(problems[0] ?? 'nothing', expected);
  }
});
