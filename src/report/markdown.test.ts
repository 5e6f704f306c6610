import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Report, Result } from '../outcome.js';
import { toMarkdown } from './markdown.js';
import { sampleReport } from './sample-report.js';

const report = sampleReport({ scenarios: 48, backends: 6 });

function failing(change: Partial<Result> = {}): Report {
  const small = sampleReport({ scenarios: 1, backends: 1 });
  const outcome = { kind: 'failed', signature: 'EXDEV', step: '', message: 'EXDEV', evidence: [] } as const;
  const result: Result = { ...(small.results[0] as Result), verdict: 'fail', outcome, ...change };
  return { ...small, results: [result] };
}

test('a score is never shown without its coverage', () => {
  const markdown = toMarkdown(report);
  assert.match(markdown, /^# Union conformance: not conformant\n/);
  assert.match(
    markdown,
    /\| backend \| holds \| known deviations \| fails \| unsupported \| skipped \| not run \| coverage \|/,
  );
  assert.match(markdown, /\| fuse-overlayfs \| 29 \| 6 \| 4 \| 8 \| 1 \| 0 \| 77 % \(37 of 48\) \|/);
  assert.match(markdown, /\| aufs \| 0 \| 0 \| 0 \| 0 \| 48 \| 0 \| 0 % \(0 of 48\) \|/);
});

test('failures come with the command that reproduces them, then what is not available and what is wrong', () => {
  const markdown = toMarkdown(report);
  const order = [
    '## 14 failures',
    '```sh\nnpx union-conformance --backend=kernel-overlay features/union/whiteouts.feature:96',
    '## Not available here',
    '- **aufs**: mount(2) of type aufs said ENODEV. To get it: install the Debian package aufs-dkms',
    '## Problems of the run',
    '## Required, and missing here',
  ].map((text) => markdown.indexOf(text));
  assert.ok(!order.includes(-1), `${order}`);
  assert.deepEqual(
    order,
    order.toSorted((a, b) => a - b),
  );
});

test('names cannot become markup', () => {
  const message = '```\n# <script>\u001b[2J';
  const outcome = {
    kind: 'failed',
    signature: '',
    step: 'When `a|b` is read',
    message,
    evidence: [],
  } as const;
  const one = failing({ outcome });
  const [scenario] = one.header.scenarios;
  const header = { ...one.header, scenarios: [{ ...scenario, name: '<b>|*a*' } as never] };
  const markdown = toMarkdown({ ...one, header });
  assert.ok(markdown.includes('&lt;b>\\|\\*a\\*'));
  assert.ok(markdown.includes('````\n```\n# <script>\\x1b[2J\n````'));
  assert.ok(markdown.includes('At ``When `a|b` is read``'));
});

test('a thousand failures stay below the limit of a job summary', () => {
  const many = sampleReport({ scenarios: 300, backends: 6 });
  const outcome = {
    kind: 'failed',
    signature: '',
    step: '',
    message: 'x',
    evidence: [{ title: 'log', text: 'a line of text\n'.repeat(1000) }],
  } as const;
  const results = many.results.map((result) => ({ ...result, verdict: 'fail', outcome }) as const);
  const markdown = toMarkdown({ ...many, results });
  assert.ok(markdown.length < 1024 * 1024, `${markdown.length}`);
  assert.match(markdown, /… and 1300 more, all in `results.ndjson`\./);
  assert.match(markdown, /… 961 more lines/);
});

test('a run in which everything holds says so', () => {
  const small = failing({ verdict: 'pass', outcome: { kind: 'passed' } });
  const footer = { ...small.footer, exitCode: 0, problems: [], missing: [] };
  const markdown = toMarkdown({ ...small, footer });
  assert.match(markdown, /^# Union conformance: conformant\n/);
  assert.doesNotMatch(markdown, /##/);
});
