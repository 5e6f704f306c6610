import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claimsWithoutScenario, parseClaims, unknownClaims } from './claims.js';
import { parseFeature } from './feature-file.js';
import { showProblem } from './problem.js';
import { catalogueOf } from './scenarios.js';

const claims = parseClaims(
  `# what the documents say
- id: U1
  source: '001'
  statement: a union shows all entries
- id: U2
  source: '001'
  statement: a name is listed once
  truth: by lookup and by listing
`,
  'docs/claims.yaml',
);
const { scenarios } = catalogueOf([
  parseFeature('Feature: x\n  @a.1 @claim:U1 @claim:U3\n  Scenario: y\n    When z\n', 'features/x.feature'),
]);

test('claims are read with their lines', () => {
  assert.deepEqual(claims.problems, []);
  assert.deepEqual(
    claims.entries.map(({ claim, line }) => [claim.id, line]),
    [
      ['U1', 2],
      ['U2', 5],
    ],
  );
});

test('claims and scenarios have to know each other', () => {
  assert.deepEqual(claimsWithoutScenario(claims, scenarios).map(showProblem), [
    'docs/claims.yaml:5: no scenario shows the claim U2: tag one with @claim:U2',
  ]);
  assert.deepEqual(unknownClaims(claims, scenarios).map(showProblem), [
    'features/x.feature:3: @claim:U3 is no claim: correct the tag, or add the claim to docs/claims.yaml',
  ]);
});

test('ids are unique, and every field is checked', () => {
  const one = '- { id: U1, source: a, statement: b }\n';
  assert.deepEqual(parseClaims(one + one, 'c.yaml').problems.map(showProblem), [
    'c.yaml:2: U1 is also the id in line 1: give each claim an id of its own',
  ]);
  assert.deepEqual(
    parseClaims('- { id: u1, source: 1, statement: b }\n', 'c.yaml').problems.map(showProblem),
    [
      'c.yaml:1: id cannot be u1: one or more capital letters and a number, like U14',
      'c.yaml:1: source cannot be 1: the document, or documents, that say so, as text',
    ],
  );
});
