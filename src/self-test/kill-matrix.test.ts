import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Outcome, Scenario } from '../outcome.js';
import { type Family, families } from './families.js';
import { judgeSuite } from './judgement.js';
import { killMatrix } from './kill-matrix.js';
import { toJson, toMarkdown, toText } from './show-matrix.js';
import type { Twin } from './twins.js';

const passed: Outcome = { kind: 'passed' };
const failed: Outcome = { kind: 'failed', step: '', message: 'no', signature: 'no', evidence: [] };
const error: Outcome = { kind: 'error', step: '', message: 'oh', evidence: [] };

function scenario(id: string): Scenario {
  const [feature = ''] = id.split('.');
  const uri = `features/union/${feature}.feature`;
  const nothing = { rule: '', line: 1, claims: [], needs: [], requires: [], tags: [], steps: [] };
  return { id, name: `Title of ${id}`, feature, uri, ...nothing };
}

const [family] = families as [Family];

function twin(name: string): Twin {
  return {
    name,
    title: `rule | fault of ${name}`,
    file: `/${name}.js`,
    statedBy: ['copy-up'],
    family,
  };
}

const scenarios = ['copy-up.1', 'copy-up.2', 'copy-up.3', 'copy-up.4'].map(scenario);
const [, , , fourth] = scenarios;
const healthy = new Map<string, Outcome>([
  ['copy-up.1', passed],
  ['copy-up.2', passed],
  ['copy-up.3', failed],
]);

function matrixOf(
  outcomes: Readonly<Record<string, readonly [string, Outcome][]>>,
  skipped: Scenario[] = [],
) {
  const twins = Object.keys(outcomes).map(twin);
  const tried = new Map(Object.entries(outcomes).map(([name, list]) => [name, new Map(list)]));
  return killMatrix(scenarios, twins, { healthy, twins: tried, skipped });
}

test('a twin is caught by what holds on the healthy union and is red on the twin', () => {
  const {
    kills,
    idle,
    excluded,
    healthy: able,
  } = matrixOf({
    loud: [
      ['copy-up.1', failed],
      ['copy-up.2', { kind: 'hang', step: '', message: '', evidence: [] }],
    ],
    quiet: [
      ['copy-up.1', { kind: 'crash', step: '', message: '', evidence: [] }],
      ['copy-up.2', passed],
    ],
  });
  assert.deepEqual(
    kills.map(({ twin: { name }, caughtBy }) => [name, caughtBy.map(({ id }) => id)]),
    [
      ['quiet', ['copy-up.1']],
      ['loud', ['copy-up.1', 'copy-up.2']],
    ],
  );
  assert.deepEqual([able, idle.length, excluded.map(({ id }) => id)], [2, 0, ['copy-up.3']]);
});

test('a failure of the harness catches nothing, and is said', () => {
  const matrix = matrixOf({ odd: [['copy-up.1', error]] });
  const judgement = judgeSuite(matrix, 2);
  assert.deepEqual([judgement.passed, judgement.failed], [1, 1]);
  assert.match(judgement.problems.join(), /nothing in copy-up catches odd \(rule \| fault of odd\)/);
  assert.match(judgement.hints.join(), /on odd the harness failed in 1 scenarios \(first: copy-up.1\)/);
});

test('a twin that only a scenario of another host could catch is skipped', () => {
  const matrix = matrixOf({ odd: [['copy-up.1', passed]] }, fourth === undefined ? [] : [fourth]);
  const { failed: wrong, skipped, hints } = judgeSuite(matrix, 2);
  assert.deepEqual([wrong, skipped], [0, 1]);
  assert.match(hints.join(), /what could catch these cannot run here, .*: odd$/);
});

test('the limit holds in both directions', () => {
  const matrix = matrixOf({ some: [['copy-up.1', failed]] });
  assert.deepEqual([judgeSuite(matrix, 0).failed, judgeSuite(matrix, 1).failed], [1, 0]);
  assert.match(judgeSuite(matrix, 0).problems.join(), /1 scenarios turn red on no twin .* and 0 may be/);
  assert.deepEqual(judgeSuite(matrix, 1).hints, []);
  assert.match(judgeSuite(matrix, 3).hints.join(), /lower IDLE_LIMIT from 3 to 1/);
  assert.deepEqual([judgeSuite(matrix, undefined).passed, judgeSuite(matrix, undefined).failed], [1, 0]);
});

test('the matrix is shown for people and for programs', () => {
  const matrix = matrixOf({ some: [['copy-up.1', failed]] });
  const judgement = judgeSuite(matrix, 1);
  assert.match(
    toMarkdown(matrix, judgement),
    /\| some \| rule \\\| fault of some \| 1 \| 1 \| copy-up\.1 \|/,
  );
  assert.match(toMarkdown(matrix, judgement), /no twin turned red\n\n- copy-up\.2: Title of copy-up\.2/);
  assert.equal(toText(matrix), '   1  some  copy-up.1');
  const { idle, excluded, twins } = JSON.parse(toJson(matrix, judgement));
  assert.deepEqual([idle, excluded, twins[0].caughtBy], [['copy-up.2'], ['copy-up.3'], ['copy-up.1']]);
});
