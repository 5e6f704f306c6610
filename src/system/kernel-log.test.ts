import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messageOf } from './kernel-log.js';

test('a record is its message without what comes before and after', () => {
  const record = '3,812,5140900,-;aufs test_add:226:mount[76]: a duplicated\n SUBSYSTEM=x\n DEVICE=+y\n';
  assert.equal(messageOf(record), 'aufs test_add:226:mount[76]: a duplicated');
});

test('a message may hold semicolons and commas', () => {
  assert.equal(messageOf('6,1,0,-;one; two, three\n'), 'one; two, three');
});
