import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gates, type Outcome, type Verdict } from '../outcome.js';
import type { Deviation } from './deviations.js';
import { hasSignature, isExpired, judge } from './judge.js';

const today = '2027-06-30';
const stopped = { step: 'When a', message: 'EXDEV: …', evidence: [] };

const outcomes = {
  passed: { kind: 'passed' },
  'failed as listed': { kind: 'failed', signature: 'EXDEV', ...stopped },
  'failed otherwise': { kind: 'failed', signature: 'EIO', ...stopped },
  unsupported: { kind: 'unsupported', capability: 'whiteouts', probe: 'absent', reason: 'unlink: EROFS' },
  dishonest: { kind: 'unsupported', capability: 'whiteouts', probe: 'present', reason: 'done once' },
  skipped: { kind: 'skipped', missing: 'root', reason: 'EPERM', remedy: 'be root' },
  error: { kind: 'error', ...stopped },
  hang: { kind: 'hang', ...stopped },
  crash: { kind: 'crash', ...stopped },
  'not-run': { kind: 'not-run', message: 'stopped' },
} as const satisfies Record<string, Outcome>;

const listed: Deviation = {
  scenario: 'a.1',
  outcome: 'fail',
  signature: 'EXDEV',
  kind: 'bug',
  reason: 'because',
  file: 'deviations.yaml',
  line: 3,
};
const deviations = {
  none: undefined,
  listed,
  'until today': { ...listed, expires: today },
  'until yesterday': { ...listed, expires: '2027-06-29' },
} as const satisfies Record<string, Deviation | undefined>;

type Row = Readonly<Record<keyof typeof deviations, Verdict>>;

function always(verdict: Verdict): Row {
  return { none: verdict, listed: verdict, 'until today': verdict, 'until yesterday': verdict };
}

function deviating(none: Verdict, valid: Verdict): Row {
  return { none, listed: valid, 'until today': valid, 'until yesterday': 'expired-deviation' };
}

const expected: Readonly<Record<keyof typeof outcomes, Row>> = {
  passed: deviating('pass', 'unexpected-pass'),
  'failed as listed': deviating('fail', 'known-deviation'),
  'failed otherwise': deviating('fail', 'changed-deviation'),
  unsupported: always('unsupported'),
  dishonest: always('dishonest-capability'),
  skipped: always('skipped'),
  error: always('error'),
  hang: always('hang'),
  crash: always('crash'),
  'not-run': always('not-run'),
};

const combinations = Object.entries(expected).flatMap(([outcome, row]) =>
  Object.entries(row).map(([deviation, verdict]) => ({
    outcome: outcomes[outcome as keyof typeof outcomes] as Outcome,
    deviation: deviations[deviation as keyof typeof deviations] as Deviation | undefined,
    name: `${outcome}, ${deviation}`,
    verdict,
  })),
);

test('every outcome with every kind of entry has its verdict', () => {
  for (const { outcome, deviation, name, verdict } of combinations) {
    assert.equal(judge(outcome, deviation, today).verdict, verdict, name);
  }
});

test('a deviation never makes a run green but by the failure it lists', () => {
  for (const { outcome, deviation, name } of combinations) {
    const without = gates[judge(outcome, undefined, today).verdict];
    const gate = gates[judge(outcome, deviation, today).verdict];
    if (without === 'green' || gate !== 'green') continue;
    assert.equal(outcome.kind, 'failed', name);
    assert.equal(judge(outcome, deviation, today).verdict, 'known-deviation', name);
  }
});

test('a verdict about a deviation says why, no other does', () => {
  for (const { outcome, deviation, name } of combinations) {
    const judgement = judge(outcome, deviation, today);
    const isAbout = /deviation|unexpected/.test(judgement.verdict);
    assert.deepEqual(judgement.deviation, isAbout ? { kind: 'bug', reason: 'because' } : undefined, name);
  }
  const reference = 'https://example.org/1';
  assert.deepEqual(judge(outcomes.passed, { ...listed, reference }, today).deviation, {
    kind: 'bug',
    reason: 'because',
    reference,
  });
});

test('an errno is compared whole, a message by its beginning', () => {
  const cases: readonly [string, string, boolean][] = [
    ['EXDEV', 'EXDEV', true],
    ['EXDEV', 'EXDEV: cross-device link', true],
    ['EBADF', 'EBADFD', false],
    ['EXDEV', 'EIO', false],
    ['the union lists', 'the union lists "a.txt" twice', true],
    ['the union lists', 'The union lists', false],
    ['the union lists "a.txt" twice', 'the union lists', false],
    ['E', 'EIO', true],
  ];
  for (const [written, seen, same] of cases)
    assert.equal(hasSignature(written, seen), same, `${written} ${seen}`);
});

test('an entry holds until the end of its last day', () => {
  assert.equal(isExpired({}, today), false);
  for (const [expires, expected] of [
    ['2027-06-29', true],
    ['2026-12-31', true],
    ['2027-06-30', false],
    ['2027-10-01', false],
  ] as const) {
    assert.equal(isExpired({ expires }, today), expected, expires);
  }
});
