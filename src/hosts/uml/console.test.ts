import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sayEnded, sayFailed, sayUp, understand } from './console.js';

/** A console ends its lines with CR LF. */
const shown = (line: string) => line.replace('\n', '\r');

test('what the guest says is understood', () => {
  assert.deepEqual(understand(shown(sayUp('6.1.176'))), { kind: 'up', release: '6.1.176' });
  assert.deepEqual(understand(shown(sayEnded(70))), { kind: 'ended', exitCode: 70 });
  assert.deepEqual(understand(shown(sayFailed('mount /dev: EBUSY\nat boot'))), {
    kind: 'failed',
    reason: 'mount /dev: EBUSY at boot',
  });
});

test('a panic is understood, with or without the time before it', () => {
  const panicked = { kind: 'panicked', reason: 'Attempted to kill init! exitcode=0x00007f00' };
  const line = `Kernel panic - not syncing: ${panicked.reason}`;
  assert.deepEqual(understand(`${line}\r`), panicked);
  assert.deepEqual(understand(`[    2.150000] ${line}`), panicked);
});

test('everything else says nothing', () => {
  for (const line of [
    '',
    'fuse: init (API version 7.38)',
    'the suite says: union-conformance guest: ended 0',
    'union-conformance guest: ended',
    'union-conformance guest: ended soon',
    'union-conformance guest: sleeps',
  ]) {
    assert.equal(understand(line), undefined, line);
  }
});
