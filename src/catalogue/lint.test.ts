import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseClaims } from './claims.js';
import { parseFeature } from './feature-file.js';
import { lint } from './lint.js';
import { showProblem } from './problem.js';
import { catalogueOf } from './scenarios.js';
import { phraseOf, vocabularyOf } from './vocabulary.js';

const claims = parseClaims('[]', 'docs/claims.yaml');

function problemsOf(source: string): readonly string[] {
  const catalogue = catalogueOf([parseFeature(source, 'x.feature')]);
  return lint(catalogue, { claims, backendNames: ['aufs', 'kernel-overlay'] }).map(showProblem);
}

function scenario(steps: readonly string[], title = 'A title', id = '@a.1'): string {
  return [`  ${id}`, `  Scenario: ${title}`, ...steps.map((step) => `    ${step}`), ''].join('\n');
}

const feature = 'Feature: x\n  Some prose.\n\n';
const good = ['Given a', 'When b', 'Then c'];

test('a good feature has no problems', () => {
  assert.deepEqual(problemsOf(feature + scenario(good)), []);
  assert.deepEqual(problemsOf(feature + scenario(['Given a', 'And b', 'When c', 'Then d', 'But e'])), []);
  assert.deepEqual(problemsOf(feature + scenario(['Given a', 'Then b'])), []);
});

test('steps are state, one action, results', () => {
  const cases: readonly [readonly string[], RegExp][] = [
    [['When a', 'And b', 'Then c'], /^x\.feature:7: a scenario has one When: say what happens before/],
    [['When a', 'Then b', 'When c', 'Then d'], /^x\.feature:8: a scenario has one When/],
    [['When a', 'Then b', 'Given c'], /^x\.feature:8: Given after a Then/],
    [
      ['When a', 'Then b', 'Given c', 'And d'],
      /^x\.feature:8: Given after a Then.*\nx\.feature:9: And after/,
    ],
    [['Given a', 'When b'], /^x\.feature:5: the scenario has no Then: say what has to be seen$/],
    [['Then a'], /^x\.feature:5: the scenario has 1 step: 2 to 8/],
    [[...'1234567'].map((n) => `Given ${n}`).concat('When a', 'Then b'), /has 9 steps/],
  ];
  for (const [steps, expected] of cases) {
    assert.match(problemsOf(feature + scenario(steps)).join('\n'), expected);
  }
});

test('the background counts with the scenarios it belongs to', () => {
  const background = '  Background:\n    Given z\n    When y\n\n';
  assert.match(problemsOf(feature + background + scenario(good)).join(), /one When/);
  const rule = `${feature}  Rule: r\n  Prose.\n\n${background}${scenario(['Then c'])}`;
  assert.deepEqual(problemsOf(rule), []);
});

test('titles are true sentences, each once', () => {
  const title = (text: string) => problemsOf(feature + scenario(good, text)).join('\n');
  assert.match(title('Deleting should work'), /^x\.feature:5: the title says 'should': write what is true/);
  assert.match(title('Test of deleting'), /the title says 'Test'/);
  assert.match(title('A file is copied correctly'), /the title says 'correctly'/);
  assert.match(title(''), /has no title/);
  assert.equal(title('The latest wins'), '');
  assert.match(
    problemsOf(feature + scenario(good) + scenario(good, 'A title', '@a.2')).join(),
    /^x\.feature:10: the title 'A title' is also that of x\.feature:5/,
  );
});

test('features and rules have prose', () => {
  assert.match(
    problemsOf(`Feature: x\n\n${scenario(good)}`).join(),
    /^x\.feature:1: Feature 'x' has no prose/,
  );
  const rule = `${feature}  Rule: r\n\n${scenario(good)}`;
  assert.match(problemsOf(rule).join(), /^x\.feature:4: Rule 'r' has no prose/);
});

test('features name no backend, files may look like one', () => {
  const prose = (text: string) => problemsOf(`Feature: x\n  ${text}\n\n${scenario(good)}`).join();
  assert.match(prose('As in Aufs.'), /^x\.feature:2: 'Aufs' is the name of a backend: ask for a capability/);
  assert.match(prose('On kernel-overlay'), /'kernel-overlay' is the name of a backend/);
  assert.equal(prose('As reported in torvalds/kernel-overlay#337.'), '');
  assert.equal(prose('The file .wh..wh.aufs is a marker, aufs-like is a word'), '');
});

test('what is wrong with a row of examples is said once', () => {
  const outline =
    '  @a.1 @claim:U9 @x\n  Scenario Outline: t\n    When <a>\n    Then b\n    Examples:\n      | a |\n      | 1 |\n      | 2 |\n';
  const problems = problemsOf(feature + outline);
  assert.equal(problems.filter((problem) => problem.includes('@x means nothing')).length, 1);
});

test('phrases are counted without what varies', () => {
  assert.equal(phraseOf('Given "a \\"b\\"" was renamed to "q"'), phraseOf('When "p" is renamed to "q"'));
  assert.equal(phraseOf('Then it fails with EXDEV'), phraseOf('And it fails with ENOTEMPTY'));
  assert.notEqual(phraseOf('Then it fails with EXDEV'), phraseOf('Then it succeeds'));
  assert.equal(phraseOf('When file f is closed'), phraseOf('When file g is closed'));
  assert.equal(phraseOf('"p" is opened as f with O_RDWR|O_APPEND'), '"…" is opened as f with O_FLAGS');
  assert.equal(phraseOf('Then "a" soon reads "b"'), phraseOf('Then "a" reads "b"'));
  const { scenarios } = catalogueOf([
    parseFeature(feature + scenario(['Given "a" was read', 'When "b" is read', 'Then it succeeds']), 'x'),
  ]);
  assert.deepEqual(
    [...vocabularyOf(scenarios)],
    [
      ['"…" is read', 2],
      ['it succeeds', 1],
    ],
  );
});
