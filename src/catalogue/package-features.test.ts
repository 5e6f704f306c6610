import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listBackends } from '../backends/load-backend.js';
import { claimsWithoutScenario, readClaims } from './claims.js';
import { lint } from './lint.js';
import { showProblem } from './problem.js';
import { readCatalogue } from './scenarios.js';
import { vocabularyOf } from './vocabulary.js';

const catalogue = readCatalogue();
const claims = readClaims();

test('the features and the claims keep their rules', () => {
  assert.deepEqual(lint(catalogue, { claims, backendNames: listBackends() }).map(showProblem), []);
});

test('every claim has a scenario', () => {
  assert.deepEqual(claimsWithoutScenario(claims, catalogue.scenarios).map(showProblem), []);
});

// About ninety speak of the files of a union; what it is mounted with, what the kernel shows of it, containers,
// control groups, images and registries have their own.
test('few phrases say everything', () => {
  const { size } = vocabularyOf(catalogue.scenarios);
  assert.ok(size <= 221, `${size} phrases: say it with one that is there, or raise the limit with a reason`);
});
