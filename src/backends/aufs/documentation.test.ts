import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readClaims } from '../../catalogue/claims.js';
import { packageRoot } from '../../catalogue/package-root.js';
import { readCatalogue } from '../../catalogue/scenarios.js';

const text = readFileSync(join(packageRoot, 'docs/aufs.md'), 'utf8');

/** The claims about union mounts, and those about Docker that speak of its aufs driver. */
function isAboutAufs(id: string): boolean {
  return id.startsWith('U') || ['D5', 'D7'].includes(id);
}

test('the page has each claim with what holds', () => {
  const rows = readClaims()
    .entries.map(({ claim }) => claim)
    .filter(({ id }) => isAboutAufs(id))
    .map(({ id, statement, truth }) => `| ${id} | ${statement.trim()} | ${truth?.trim() ?? 'It holds.'} |`);
  const expected = ['| | claim | what holds |', '|---|---|---|', ...rows].join('\n');
  const [, found = ''] = /<!-- claims:.*?-->\n(.*?)\n?<!-- \/claims -->/s.exec(text) ?? [];
  assert.equal(found, expected, `put this between the marks of docs/aufs.md:\n${expected}`);
});

test('the scenarios that the page names are there', () => {
  const { scenarios } = readCatalogue();
  const ids = new Set(scenarios.map(({ id }) => id));
  const named = [...text.matchAll(/`([a-z-]+\.\d+(?::[^`]+)?)`/g)].map(([, id = '']) => id);
  assert.ok(named.length > 30, `${named.length} scenarios are named`);
  assert.deepEqual(
    named.filter((id) => !ids.has(id)),
    [],
  );
});

test('what the page says does not hold is a recorded deviation', () => {
  const files = ['aufs/deviations.yaml', 'docker/deviations-aufs.yaml'];
  const deviations = files
    .map((file) => readFileSync(join(packageRoot, 'src/backends', file), 'utf8'))
    .join();
  const named = [...text.matchAll(/`([a-z-]+\.\d+)` does\s+not\s+hold/g)].map(([, id = '']) => id);
  assert.ok(named.length > 0);
  assert.deepEqual(
    named.filter((id) => !deviations.includes(`scenario: ${id}\n`)),
    [],
  );
});

test('the links of the page lead to files', () => {
  const links = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, link = '']) => join('docs', link));
  assert.deepEqual(
    links.filter((link) => !existsSync(join(packageRoot, link))),
    [],
  );
});
