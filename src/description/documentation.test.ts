import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { capabilities } from '../capability.js';
import { packageRoot } from '../catalogue/package-root.js';
import { parseDescription } from './read-description.js';

const text = readFileSync(join(packageRoot, 'docs/add-a-backend.md'), 'utf8');
const schema = JSON.parse(readFileSync(join(packageRoot, 'schemas/backend.schema.json'), 'utf8'));

test('the example of the documentation is a description', () => {
  const [, example = ''] = /```yaml\n(.*?)```/s.exec(text) ?? [];
  assert.equal(parseDescription(example, 'add-a-backend.md', '/').name, 'my-union');
});

test('the documentation explains every field, format and capability', () => {
  const { properties } = schema;
  const words = [...Object.keys(properties), ...properties.whiteouts.enum, ...Object.keys(capabilities)];
  assert.deepEqual(
    words.filter((word) => !text.includes(`\`${word}\``)),
    [],
  );
});
