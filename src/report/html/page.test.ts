import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Result } from '../../outcome.js';
import { sampleReport } from '../sample-report.js';
import { embeddedJson, html } from './escape.js';
import { toHtml } from './page.js';
import { backendBlank, pageData, placeBlank } from './page-data.js';

test('300 scenarios on 6 backends fit into 500 KB', () => {
  const page = toHtml(sampleReport({ scenarios: 300, backends: 6 }));
  assert.ok(Buffer.byteLength(page) < 500_000, `${Buffer.byteLength(page)} bytes`);
});

test('the page is one file: it refers to nothing but itself and the web', () => {
  const page = toHtml(sampleReport());
  assert.doesNotMatch(page, /\bsrc=|@import|url\(/);
  assert.deepEqual(
    [...page.matchAll(/<link [^>]*href="([^"]*)"/g)].map(([, href]) => href),
    ['data:,'],
  );
});

test('text cannot become markup', () => {
  const hostile = `</script><img src=x onerror=alert(1)>'"&\u0000\u202e`;
  assert.equal(
    html`<p title="${hostile}">`.text,
    '<p title="&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&#39;&quot;&amp;\\x00\\u{202e}">',
  );
  const { text } = embeddedJson({ hostile });
  assert.doesNotMatch(text, /[<>&]/);
  assert.deepEqual(JSON.parse(text), { hostile });
});

test('a command is embedded once for all that differ in backend and scenario only', () => {
  const report = sampleReport({ scenarios: 100, backends: 6 });
  const data = pageData(report);
  const commands = data.texts.filter((text) => text.startsWith('npx'));
  assert.deepEqual(commands, [`npx union-conformance --backend=${backendBlank} ${placeBlank}`]);
  const [first] = report.results as [Result];
  const odd = { ...first, reproduce: `echo ${backendBlank} ${first.backend}` };
  assert.ok(pageData({ ...report, results: [odd] }).texts.includes(odd.reproduce));
});

test('evidence that is too long is cut, and says so', () => {
  const report = sampleReport({ scenarios: 1, backends: 1 });
  const evidence = [{ title: 'log', text: 'x'.repeat(100_000) }];
  const outcome = { kind: 'crash', step: '', message: 'it died', evidence } as const;
  const result = { ...(report.results[0] as Result), verdict: 'crash', outcome } as const;
  const { texts } = pageData({ ...report, results: [result] });
  assert.ok(texts.some((text) => text.endsWith('x\n… 92000 more characters in results.ndjson')));
});
