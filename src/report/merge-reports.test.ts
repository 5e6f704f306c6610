import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Report } from '../outcome.js';
import { exitCodeOf, mergeReports, type Part, worst } from './merge-reports.js';
import { toNdjson } from './ndjson.js';
import { readReport } from './read-report.js';
import { sampleReport } from './sample-report.js';

function ran(host: string, exitCode = 0): Part & { readonly report: Report } {
  const { header, results, footer } = sampleReport({ scenarios: 6, backends: 2 });
  return {
    host,
    report: {
      header: { ...header, host: { ...header.host, name: host, kernel: `6.${host.length}` } },
      results,
      footer: { ...footer, exitCode, problems: ['a stale entry'], missing: [] },
    },
    problems: [],
  };
}

test('the report of one host stays as it is', () => {
  const part = ran('uml:6.1', 1);
  const merged = mergeReports([part], part.report.footer.duration);
  assert.deepEqual(merged, part.report);
});

test('two hosts have a column each for every backend, and the report can be read back', () => {
  const merged = mergeReports([ran('local'), ran('uml:6.1')], 5);
  assert.deepEqual(
    merged?.header.backends.map(({ name, host }) => [name, host?.name]),
    [
      ['embedded@local', 'local'],
      ['kernel-overlay@local', 'local'],
      ['embedded@uml:6.1', 'uml:6.1'],
      ['kernel-overlay@uml:6.1', 'uml:6.1'],
    ],
  );
  assert.equal(merged?.results.length, 24);
  assert.deepEqual(merged?.footer.problems, ['local: a stale entry', 'uml:6.1: a stale entry']);
  assert.equal(merged && readReport(toNdjson(merged)).kind, 'complete');
});

test('what is missing of a host that broke is not run, and the reason is a problem of the run', () => {
  const whole = ran('uml:6.1');
  const { header, results } = whole.report;
  const broken: Part = {
    host: 'uml:7.2',
    report: { header, results: results.slice(0, 3) },
    problems: ['it panicked'],
  };
  const merged = mergeReports([whole, broken], 5);
  assert.equal(merged?.footer.counts['not-run'], 9);
  assert.deepEqual(merged?.footer.problems, ['uml:6.1: a stale entry', 'uml:7.2: it panicked']);
  assert.equal(merged?.footer.exitCode, 2);
});

test('a host that found out nothing has no column, and does not make the others green', () => {
  const nothing: Part = { host: 'uml:7.2', problems: ['it did not boot'] };
  assert.equal(mergeReports([nothing], 5), undefined);
  assert.equal(exitCodeOf(nothing), 2);
  const merged = mergeReports([ran('local'), nothing], 5);
  assert.equal(merged?.header.backends.length, 2);
  assert.equal(merged?.footer.exitCode, 2);
});

test('of several exit codes the one that says most is taken', () => {
  assert.equal(worst([]), 0);
  assert.equal(worst([0, 2, 1]), 1);
  assert.equal(worst([2, 0]), 2);
  assert.equal(worst([1, 70, 64]), 70);
  assert.equal(exitCodeOf({ host: 'uml:6.1', exitCode: 70, problems: ['the suite ended'] }), 70);
});
