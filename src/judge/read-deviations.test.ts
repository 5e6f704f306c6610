import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { showProblem } from '../catalogue/problem.js';
import { readDeviations } from './read-deviations.js';

const directory = mkdtempSync(join(tmpdir(), 'read-deviations-'));
after(() => rmSync(directory, { recursive: true }));
mkdirSync(join(directory, 'other'));

function entry(scenario: string, more = ''): string {
  return `  - { scenario: ${scenario}, outcome: fail, signature: EXDEV, kind: bug, reason: because${more} }\n`;
}

/** What is read of `one.yaml`, after these files were written. */
function read(files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(directory, name), `schema: deviations/1\n${text}`);
  }
  const { deviations, problems } = readDeviations(join(directory, 'one.yaml'));
  return {
    scenarios: deviations.map(({ scenario, included }) => (included ? `(${scenario})` : scenario)),
    problems: problems.map((problem) => showProblem(problem).replaceAll(`${directory}/`, '')),
  };
}

test('a backend without the file has no deviations', () => {
  assert.deepEqual(readDeviations('/nonexistent/deviations.yaml'), { deviations: [], problems: [] });
});

test('entries do not repeat each other', () => {
  const problemsOf = (entries: string) => read({ 'one.yaml': `entries:\n${entries}` }).problems;
  assert.match(
    problemsOf(entry('a.1') + entry('a.1')).join(),
    /^one\.yaml:4: a\.1 has an entry .* in line 3: leave/,
  );
  assert.deepEqual(problemsOf(entry('a.1') + entry('a.1', ', when: { user: root }')), []);
});

test('the entries of an included file hold too, also of one that it includes', () => {
  const files = {
    'one.yaml': `include: [{ file: other/two.yaml }]\nentries:\n${entry('a.1')}`,
    'other/two.yaml': `include: [{ file: ../three.yaml }]\nentries:\n${entry('a.2')}`,
    'three.yaml': `entries:\n${entry('a.3')}`,
  };
  assert.deepEqual(read(files), { scenarios: ['a.1', '(a.2)', '(a.3)'], problems: [] });
});

test('entries are left out of what is included, so that others can take their place', () => {
  const files = {
    'one.yaml': `include:\n  - { file: two.yaml, except: [a.1] }\nentries:\n${entry('a.1')}`,
    'two.yaml': `entries:\n${entry('a.1')}${entry('a.2')}`,
  };
  assert.deepEqual(read(files), { scenarios: ['a.1', '(a.2)'], problems: [] });
  const repeating = { ...files, 'one.yaml': files['one.yaml'].replace(', except: [a.1]', '') };
  assert.match(read(repeating).problems.join(), /^two\.yaml:3: a\.1 has .* in one\.yaml:5: .* except$/);
  const unknown = { ...files, 'one.yaml': files['one.yaml'].replace('[a.1]', '[a.9]') };
  assert.match(read(unknown).problems.join(), /^one\.yaml:3: two\.yaml has no entry for a\.9: take it off/);
});

test('what cannot be included is told', () => {
  const problemsOf = (file: string) =>
    read({ 'one.yaml': `include: [{ file: ${file} }]\nentries: []\n` }).problems;
  assert.deepEqual(problemsOf('nothing.yaml'), [
    'one.yaml:2: nothing.yaml does not exist: include a file that does',
  ]);
  assert.deepEqual(problemsOf('one.yaml'), ['one.yaml:2: one.yaml leads back here: remove one of them']);
  assert.match(
    read({ 'one.yaml': 'include: [{ except: [a.1] }]\nentries: []\n' }).problems.join(),
    /file is missing/,
  );
});
