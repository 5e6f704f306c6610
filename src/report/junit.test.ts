import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Report, Result } from '../outcome.js';
import { toJunit } from './junit.js';
import { sampleReport } from './sample-report.js';

const report = sampleReport({ scenarios: 48, backends: 6 });

function only(change: Partial<Result>): Report {
  const { header } = sampleReport({ scenarios: 1, backends: 1 });
  const [first] = report.results;
  return { ...report, header, results: [{ ...(first as Result), ...change }] };
}

test('there is a suite for each backend and feature, and its numbers add up', () => {
  const xml = toJunit(report);
  assert.equal(xml.match(/<testsuite /g)?.length, 6 * 4);
  assert.equal(xml.match(/<testcase /g)?.length, 6 * 48);
  const total =
    /<testsuites name="union-conformance 0.1.0" tests="288" failures="(\d+)" errors="(\d+)" skipped="(\d+)"/;
  const [, failures, errors, skipped] = total.exec(xml) ?? [];
  assert.equal(xml.match(/<failure /g)?.length, Number(failures));
  assert.equal(xml.match(/<error /g)?.length, Number(errors));
  assert.equal(xml.match(/<skipped /g)?.length, Number(skipped));
});

test('a verdict JUnit has no word for is a property', () => {
  const xml = toJunit(
    only({
      verdict: 'known-deviation',
      outcome: { kind: 'failed', signature: 'EXDEV', step: '', message: 'EXDEV', evidence: [] },
      deviation: { kind: 'bug', reason: 'redirects are off' },
    }),
  );
  assert.match(xml, /<property name="verdict" value="known-deviation"\/>/);
  assert.match(xml, /<skipped message="known deviation: redirects are off"\/>/);
});

test('a hang is an error with step, message, evidence and the command that reproduces it', () => {
  const evidence = [{ title: 'kernel stack', text: 'fuse_simple_request' }];
  const outcome = {
    kind: 'hang',
    step: 'When "a" is read',
    message: 'read(2) did not return',
    evidence,
  } as const;
  const xml = toJunit(only({ verdict: 'hang', outcome, reproduce: 'run it' }));
  assert.match(xml, /<error type="hang" message="hangs: read\(2\) did not return">When "a" is read\n/);
  assert.match(xml, /kernel stack\nfuse_simple_request\n\nreproduce: run it<\/error>/);
});

test('what XML cannot hold is written out', () => {
  const message = 'a\u0000\u001b[31m<b>&"]]>\ud800\uffff';
  const outcome = { kind: 'crash', step: '', message, evidence: [] } as const;
  const xml = toJunit(only({ verdict: 'crash', outcome }));
  assert.ok(xml.includes('message="crashes: a\\x00\\x1b[31m&lt;b&gt;&amp;&quot;]]&gt;\\u{d800}\\u{ffff}"'));
});

test('a planned scenario without a result is an error', () => {
  const xml = toJunit({ ...only({}), results: [] });
  assert.match(xml, /<error type="not-run" message="not run: there is no result of it">/);
});
