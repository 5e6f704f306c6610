import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readReport } from './read-report.js';
import { sampleReport } from './sample-report.js';
import { writeReport } from './write-report.js';

test('a report is four files, and nothing else is left', () => {
  const directory = mkdtempSync(join(tmpdir(), 'union-conformance-'));
  try {
    const report = sampleReport();
    const paths = writeReport(join(directory, 'a/b'), report);
    const names = ['index.html', 'junit.xml', 'results.ndjson', 'summary.md'];
    assert.deepEqual(readdirSync(join(directory, 'a/b')).sort(), names);
    assert.deepEqual(
      paths.toSorted(),
      names.map((name) => join(directory, 'a/b', name)),
    );
    const read = readReport(readFileSync(join(directory, 'a/b/results.ndjson'), 'utf8'));
    assert.equal(read.kind, 'complete');
  } finally {
    rmSync(directory, { recursive: true });
  }
});
