import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../catalogue/package-root.js';
import { showProblem } from '../catalogue/problem.js';
import {
  applicable,
  type Condition,
  concerns,
  type Deviation,
  parseDeviations,
  widePatterns,
} from './deviations.js';

const here = { version: '1.12', kernel: '6.1.0-18-amd64', user: 'root' } as const;

function deviation(scenario: string, when?: Condition, reason = 'because'): Deviation {
  return {
    scenario,
    outcome: 'fail',
    signature: 'EXDEV',
    kind: 'bug',
    reason,
    file: 'deviations.yaml',
    line: 1,
    ...(when ? { when } : {}),
  };
}

function entry(scenario: string, more = ''): string {
  return `  - { scenario: ${scenario}, outcome: fail, signature: EXDEV, kind: bug, reason: because${more} }\n`;
}

test('entries are read with their lines', () => {
  const text = `schema: deviations/1\nentries:\n${entry('copy-up.7', ', expires: 2028-02-29')}${entry('"a.1:*"')}`;
  const { deviations, problems } = parseDeviations(text, 'deviations.yaml');
  assert.deepEqual(problems, []);
  assert.deepEqual(
    deviations.map(({ scenario, line, expires }) => [scenario, line, expires]),
    [
      ['copy-up.7', 3, '2028-02-29'],
      ['a.1:*', 4, undefined],
    ],
  );
});

test('days exist', () => {
  const problemsOf = (entries: string) =>
    parseDeviations(`schema: deviations/1\nentries:\n${entries}`, 'd.yaml').problems.map(showProblem);
  assert.deepEqual(problemsOf(entry('a.1', ', expires: 2027-02-29')), [
    'd.yaml:3: expires cannot be 2027-02-29: there is no such day',
  ]);
  assert.deepEqual(problemsOf(entry('a.1', ', expires: 2028-02-29')), []);
});

test('an entry concerns an id, or with * all that begin like it', () => {
  const cases: readonly [string, string, boolean][] = [
    ['copy-up.7', 'copy-up.7', true],
    ['copy-up.7', 'copy-up.70', false],
    ['copy-up.7', 'copy-up.7:fifo', false],
    ['copy-up.7:*', 'copy-up.7:fifo', true],
    ['copy-up.7:*', 'copy-up.70:fifo', false],
    ['copy-up.*', 'copy-up.70', true],
    ['copy-up.*', 'copy-down.70', false],
  ];
  for (const [scenario, id, expected] of cases)
    assert.equal(concerns({ scenario }, id), expected, `${scenario} ${id}`);
});

test('the closest entry whose condition is true applies', () => {
  const reasonOf = (...entries: readonly Deviation[]) => applicable(entries, 'a.1:fifo', here)?.reason;
  assert.equal(reasonOf(), undefined);
  assert.equal(reasonOf(deviation('a.2')), undefined);
  assert.equal(reasonOf(deviation('a.*', {}, 'wide'), deviation('a.1:fifo', {}, 'exact')), 'exact');
  assert.equal(reasonOf(deviation('a.1:*', {}, 'closer'), deviation('a.*', {}, 'wide')), 'closer');
  assert.equal(reasonOf(deviation('a.1:*', {}, 'first'), deviation('a.1:*', {}, 'second')), 'first');
  const conditions: readonly [Condition, boolean][] = [
    [{ version: '<1.13' }, true],
    [{ version: '>=1.13' }, false],
    [{ kernel: '<6.6' }, true],
    [{ kernel: '<6.1' }, false],
    [{ user: 'root' }, true],
    [{ user: 'ordinary' }, false],
    [{ version: '<1.13', kernel: '<6.6', user: 'root' }, true],
    [{ version: '<1.13', kernel: '<6.6', user: 'ordinary' }, false],
  ];
  for (const [when, expected] of conditions) {
    assert.equal(reasonOf(deviation('a.1:fifo', when)) !== undefined, expected, JSON.stringify(when));
  }
});

test('a pattern stands for 20 scenarios at most', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `a.${index + 1}`);
  assert.deepEqual(widePatterns([deviation('a.*')], ids(20)), []);
  assert.match(
    widePatterns([deviation('a.*')], ids(21))
      .map(showProblem)
      .join(),
    /^deviations\.yaml:1: a\.\* stands for 21 scenarios, more than 20: name them more closely/,
  );
});

test('the example of the documentation is valid', () => {
  const page = readFileSync(join(packageRoot, 'docs/deviations.md'), 'utf8');
  const [, example = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];
  const { deviations, problems } = parseDeviations(example, 'docs/deviations.md');
  assert.deepEqual(problems, []);
  assert.equal(deviations.length, 2);
});
