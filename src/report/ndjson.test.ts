import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { verdicts } from '../outcome.js';
import { createNdjsonWriter, openNdjsonFile, toNdjson } from './ndjson.js';
import { readReport } from './read-report.js';
import { resultsSchemaFile } from './record-schema.js';
import { sampleReport } from './sample-report.js';

const report = sampleReport({ scenarios: 48, backends: 6 });
const lines = toNdjson(report).trimEnd().split('\n');
const problemsOf = (text: string) => {
  const read = readReport(text, 'r.ndjson');
  assert.equal(read.kind, 'invalid');
  return read.kind === 'invalid' ? read.problems : [];
};

test('every line of a report is valid by the published schema', () => {
  const schema = JSON.parse(readFileSync(resultsSchemaFile, 'utf8'));
  const validate = new Ajv2020({ discriminator: true }).compile(schema);
  for (const line of lines) assert.ok(validate(JSON.parse(line)), JSON.stringify(validate.errors));
  assert.deepEqual(schema.$defs.verdict.enum, verdicts);
  assert.deepEqual(new Set(report.results.map(({ verdict }) => verdict)), new Set(verdicts));
});

test('a report that is written can be read back', () => {
  const read = readReport(lines.map((line) => `${line}\n`).join(''));
  assert.deepEqual(read, JSON.parse(JSON.stringify({ kind: 'complete', report })));
});

test('arbitrary names survive', () => {
  const [first] = report.results;
  assert.ok(first !== undefined);
  const name = 'a\u0000\n"\ud800\u2028</script>';
  const result = { ...first, outcome: { kind: 'not-run', message: name } } as const;
  const text = toNdjson({ ...report, results: [result] });
  const read = readReport(text);
  assert.equal(text.split('\n').length, 4);
  assert.deepEqual(read.kind === 'complete' && read.report.results[0]?.outcome, result.outcome);
});

test('a file without a footer is an incomplete run, even when its last line is cut off', () => {
  const read = readReport(`${lines.slice(0, 3).join('\n')}\n{"type":"res`);
  assert.equal(read.kind, 'incomplete');
  assert.equal(read.kind === 'incomplete' && read.results.length, 2);
});

test('what is wrong is said with file and line', () => {
  const [header = '', first = '', second = ''] = lines;
  const footer = lines.at(-1) ?? '';
  const text = (...records: string[]) => records.map((record) => `${record}\n`).join('');
  assert.deepEqual(problemsOf(''), ['r.ndjson:1: it is empty']);
  assert.deepEqual(problemsOf(text(first)), [
    'r.ndjson:1: the first line is a result; a report begins with its header',
  ]);
  assert.deepEqual(problemsOf(text(header, first, first)), [
    'r.ndjson:3: a second result of whiteouts.1 on embedded',
  ]);
  assert.match(problemsOf(text(header, '{"type":'))[0] ?? '', /^r\.ndjson:2: this is no JSON: /);
  assert.match(
    problemsOf(text(header, '{"type":"x"}'))[0] ?? '',
    /its type is none of header, result, footer/,
  );
  assert.match(
    problemsOf(text(header, first.replace('"pass"', '"good"')))[0] ?? '',
    /^r\.ndjson:2: this result is not valid: \/verdict must be equal to one of the allowed values \(pass, /,
  );
  assert.match(
    problemsOf(text(header, second.replace('embedded', 'zfs')))[0] ?? '',
    /the backend "zfs", which the header does not name/,
  );
  assert.match(problemsOf(text(header, footer, first))[0] ?? '', /^r\.ndjson:3: the footer is the last line/);
  assert.match(
    problemsOf(text(header.replace('results/1', 'results/2')))[0] ?? '',
    /^r\.ndjson:1: this header is not valid: \/format must be equal to constant \(union-conformance-results\/1\)/,
  );
});

test('the writer writes each record at once and refuses another order', () => {
  const written: string[] = [];
  const writer = createNdjsonWriter((line) => written.push(line));
  assert.throws(() => writer.write(report.footer), /a footer where header is expected/);
  writer.write(report.header);
  assert.equal(written.length, 1);
  writer.write(report.footer);
  assert.throws(() => writer.write(report.footer), /where nothing is expected/);
});

test('a file that is closed early holds what was written', () => {
  const directory = mkdtempSync(join(tmpdir(), 'union-conformance-'));
  try {
    const path = join(directory, 'results.ndjson');
    {
      using file = openNdjsonFile(path);
      file.write(report.header);
    }
    assert.equal(readReport(readFileSync(path, 'utf8')).kind, 'incomplete');
  } finally {
    rmSync(directory, { recursive: true });
  }
});
