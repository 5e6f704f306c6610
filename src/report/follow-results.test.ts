import assert from 'node:assert/strict';
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withDir } from 'tmp-promise';
import { followResults } from './follow-results.js';

test('each record is told once, as soon as its line is whole, also when the file is replaced by a longer one', async () => {
  await withDir(
    async ({ path }) => {
      const file = join(path, 'results.ndjson');
      const news = followResults(file);
      assert.deepEqual(news(), []);
      writeFileSync(file, '{"type":"header"}\n{"type":"res');
      assert.deepEqual(news(), [{ type: 'header' }]);
      appendFileSync(file, 'ult","scenario":"ü"}\n');
      assert.deepEqual(news(), [{ type: 'result', scenario: 'ü' }]);
      assert.deepEqual(news(), []);
      writeFileSync(
        `${file}.new`,
        '{"type":"header"}\n{"type":"result","scenario":"ü"}\n{"type":"footer"}\n',
      );
      renameSync(`${file}.new`, file);
      assert.deepEqual(news(), [{ type: 'footer' }]);
    },
    { unsafeCleanup: true },
  );
});
