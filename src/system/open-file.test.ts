import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { bytes } from '../bytes.js';
import { openDirectory } from './directory.js';

test('the kernel copies a part of a file to the same place in another, or says that it cannot', () => {
  const root = mkdtempSync(join(tmpdir(), 'open-file-'));
  try {
    const files = openDirectory(bytes(root));
    const [from, to] = ['from', 'to'].map((name) => files.open(bytes(name), ['O_RDWR', 'O_CREAT'], 0o600));
    assert.ok(from && to);
    from.write(0, Buffer.from('0123456789'));
    const count = to.copyFrom?.(from, 3, 4);
    if (count !== undefined) {
      assert.equal(count, 4);
      assert.deepEqual(to.read(0, 16), Buffer.from('\0\0\x003456'));
      assert.equal(to.copyFrom?.(from, 10, 4), 0, 'nothing is left at the end');
    }
    assert.equal(to.copyFrom?.({ ...from, descriptor: undefined }, 0, 1), undefined);
    for (const file of [from, to]) file.close();
  } finally {
    rmSync(root, { recursive: true });
  }
});
