import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDead, nameOfRun, ownerOf, startIn, thisProcess } from './run-name.js';

test('the name of a run tells its owner', () => {
  const owner = { namespace: '4026531836', pid: 4711, start: '123456' };
  assert.deepEqual(ownerOf(nameOfRun(owner)), owner);
});

test('groups of other programs have no owner', () => {
  for (const name of [
    'docker',
    'system.slice',
    'union-conformance',
    'union-conformance-1-2',
    'my-union-conformance-1-2-3',
  ]) {
    assert.equal(ownerOf(name), undefined, name);
  }
});

test('this process lives; the one that had its id before is dead', () => {
  const self = thisProcess();
  assert.equal(isDead(self), false);
  assert.equal(isDead({ ...self, start: '1' }), true);
});

test('nothing is said of a process of another PID namespace', () => {
  assert.equal(isDead({ ...thisProcess(), namespace: '1', start: '1' }), false);
});

test('the start time is found behind a program name with spaces and parentheses', () => {
  const fields = 'S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 98765 20 21';
  assert.equal(startIn(`12 (a) b (c) ${fields}`), '98765');
});

test('a zombie has ended', () => {
  assert.equal(startIn('12 (sh) Z 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 98765 20'), undefined);
});
