import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gates, type Header, type Outcome, type Result, type Scenario, verdicts } from '../outcome.js';
import { conclude, type Run } from './conclude.js';
import type { Deviation } from './deviations.js';

function scenario(id: string): Scenario {
  const place = { feature: 'f', rule: '', uri: 'features/f.feature', line: 1 };
  return { id, name: id, ...place, claims: [], needs: [], requires: [], tags: [], steps: [] };
}

function header(ids: readonly string[], more: Partial<Header> = {}): Header {
  return {
    type: 'header',
    format: 'union-conformance-results/1',
    suite: { version: '0.1.0' },
    started: '2027-06-30T12:00:00.000Z',
    host: { name: 'local', kernel: '6.1.0', arch: 'x64', node: 'v20', user: 'root' },
    seed: undefined,
    everything: true,
    backends: [{ name: 'one', title: 'One', capabilities: [], version: '1.12' }],
    scenarios: ids.map(scenario),
    claims: [],
    ...more,
  };
}

const outcomes: Readonly<Record<string, Outcome>> = {
  pass: { kind: 'passed' },
  skipped: { kind: 'skipped', missing: 'root', reason: 'chown gives EPERM', remedy: 'be root' },
  unavailable: { kind: 'skipped', missing: 'backend', reason: 'no driver', remedy: 'install it' },
  unsupported: { kind: 'unsupported', capability: 'whiteouts', probe: 'absent', reason: 'unlink: EROFS' },
  'not-run': { kind: 'not-run', message: 'stopped' },
};

function result(id: string, what: string, backend = 'one'): Result {
  const verdict = verdicts.find((each) => each === what) ?? 'skipped';
  const failed: Outcome = { kind: 'failed', signature: 'EIO', step: '', message: '', evidence: [] };
  const outcome = outcomes[what] ?? failed;
  return { type: 'result', backend, scenario: id, verdict, outcome, duration: 1, inUnion: 0, reproduce: '' };
}

/** A run of the scenarios a.1, a.2 … that ended like this. */
function run(ends: readonly string[], more: Partial<Run> = {}): Run {
  const ids = ends.map((_, index) => `a.${index + 1}`);
  return {
    header: header(ids),
    results: ends.map((end, index) => result(`a.${index + 1}`, end)),
    deviations: new Map(),
    ids,
    required: [],
    today: '2027-06-30',
    duration: 5,
    ...more,
  };
}

function deviation(scenario: string, more: Partial<Deviation> = {}): Deviation {
  const place = { file: 'd.yaml', line: 3 };
  return { scenario, outcome: 'fail', signature: 'EIO', kind: 'bug', reason: 'because', ...place, ...more };
}

function withEntries(ends: readonly string[], entries: readonly Deviation[], more: Partial<Run> = {}) {
  return conclude(run(ends, { deviations: new Map([['one', entries]]), ...more }));
}

test('each verdict beside a pass ends the run as its gate says', () => {
  const codes = { green: 0, red: 1, incomplete: 2 };
  for (const verdict of verdicts) {
    const footer = conclude(run(['pass', verdict]));
    assert.equal(footer.exitCode, codes[gates[verdict]], verdict);
    assert.equal(footer.counts[verdict], verdict === 'pass' ? 2 : 1);
  }
});

test('red beats incomplete', () => {
  assert.equal(conclude(run(['fail', 'not-run'])).exitCode, 1);
  assert.equal(conclude(run(['pass', 'skipped'], { required: ['all'], problems: ['x'] })).exitCode, 1);
});

test('a run that executed nothing is never green', () => {
  for (const ends of [[], ['skipped'], ['unsupported'], ['unavailable', 'skipped', 'unsupported']]) {
    const { exitCode, problems } = conclude(run(ends));
    assert.equal(exitCode, 2, ends.join());
    assert.match(problems.join('\n'), /nothing was executed/);
  }
  assert.deepEqual(conclude(run(['pass', 'skipped'])).problems, []);
});

test('planned scenarios without a result make the run incomplete', () => {
  const { counts, exitCode, problems } = conclude(run(['pass'], { header: header(['a.1', 'a.2', 'a.3']) }));
  assert.equal(exitCode, 2);
  assert.equal(counts['not-run'], 2);
  assert.deepEqual(problems, ['2 of 3 scenarios have no result on one: the run was not completed']);
});

test('what is required and was skipped makes the run incomplete', () => {
  const cases: readonly [string, readonly string[], RegExp | undefined][] = [
    ['skipped', [], undefined],
    ['skipped', ['all'], /^root: 1 scenario not executed on one: chown gives EPERM; be root$/],
    ['skipped', ['editor', 'root'], /^root: /],
    ['skipped', ['editor', 'backend', 'one', 'whiteouts'], undefined],
    ['unavailable', ['all'], /^one: 1 scenario not executed: no driver; install it$/],
    ['unavailable', ['backend'], /^one: /],
    ['unavailable', ['one'], /^one: /],
    ['unavailable', ['two', 'root'], undefined],
    ['unsupported', ['all', 'root', 'one'], undefined],
    ['unsupported', ['whiteouts'], /^whiteouts: 1 scenario not executed on one: the backend does not have/],
  ];
  for (const [end, required, expected] of cases) {
    const { missing, exitCode } = conclude(run(['pass', end], { required }));
    assert.equal(exitCode, expected ? 2 : 0, `${end} ${required}`);
    if (expected) assert.match(missing.join('\n'), expected);
  }
  assert.match(
    conclude(run(['pass', 'skipped', 'skipped'], { required: ['all'] })).missing.join(),
    /2 scenarios/,
  );
});

test('an entry that names no scenario is stale, also in a filtered run', () => {
  for (const everything of [true, false]) {
    const { problems, exitCode } = withEntries(['pass'], [deviation('a.9')], {
      header: header(['a.1'], { everything }),
    });
    assert.deepEqual(problems, ['d.yaml:3: no scenario has the id a.9: correct it, or remove the entry']);
    assert.equal(exitCode, 1);
  }
  const outline = { ids: ['a.1', 'a.9:fifo'] };
  assert.match(
    withEntries(['pass'], [deviation('a.9')], outline).problems.join(),
    /write a\.9:\* for all rows/,
  );
  assert.deepEqual(withEntries(['pass'], [deviation('a.9:*')], outline).problems, []);
});

test('an entry about what is unsupported is stale, about what was skipped it is not', () => {
  const of = (end: string, more: Partial<Deviation> = {}, everything = true) =>
    withEntries(['pass', end], [deviation('a.2', more)], { header: header(['a.1', 'a.2'], { everything }) })
      .problems;
  assert.match(of('unsupported').join(), /^d\.yaml:3: a\.2 is unsupported, so it cannot deviate: remove/);
  assert.deepEqual(of('skipped'), []);
  assert.deepEqual(of('unsupported', {}, false), []);
  assert.deepEqual(of('unsupported', { when: { version: '>=1.13' } }), []);
  assert.deepEqual(of('unsupported', { included: true }), []);
  assert.deepEqual(withEntries(['known-deviation', 'unsupported'], [deviation('a.*')]).problems, []);
});

test('an expired entry is red whether or not its scenario was executed', () => {
  const expired = deviation('a.2', { expires: '2027-06-29' });
  const of = (end: string, everything = true) =>
    withEntries(['pass', end], [expired], { header: header(['a.1', 'a.2'], { everything }) });
  assert.match(of('skipped').problems.join(), /^d\.yaml:3: the entry for a\.2 expired on 2027-06-29: look/);
  assert.equal(of('skipped').exitCode, 1);
  assert.deepEqual(of('skipped', false).problems, []);
  assert.deepEqual(of('expired-deviation').problems, []);
  assert.equal(of('expired-deviation').exitCode, 1);
});

test('deviations belong to their backend', () => {
  const backend = { title: '', capabilities: [], version: '1' };
  const both = header(['a.1'], {
    backends: [
      { name: 'one', ...backend },
      { name: 'two', ...backend },
    ],
  });
  const results = [result('a.1', 'pass'), result('a.1', 'unsupported', 'two')];
  const entries = [deviation('a.1')];
  const problemsFor = (name: string) =>
    conclude(run(['pass'], { header: both, results, deviations: new Map([[name, entries]]) })).problems;
  assert.deepEqual(problemsFor('one'), []);
  assert.equal(problemsFor('two').length, 1);
});
