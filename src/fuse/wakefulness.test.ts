import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Wakefulness } from './wakefulness.js';

/** What the CPUs are told, and for how long is waited, while requests come at once (`+`) or late (`-`). */
function told(requests: string): readonly string[] {
  const said: string[] = [];
  const cpus = { stayAwake: () => said.push('awake'), maySleep: () => said.push('asleep') };
  const coming = [...requests];
  const wait = (milliseconds: number) => {
    if (milliseconds < 0) said.push('…');
    return coming[0] === '+' || milliseconds < 0;
  };
  const wakefulness = new Wakefulness(wait, cpus);
  for (; coming.length > 0; coming.shift()) {
    wakefulness.wait();
    wakefulness.requested();
  }
  return said;
}

const many = '+'.repeat(20);

test('CPUs stay awake from the sixteenth request on that comes soon after the one before', () => {
  assert.deepEqual(told('+'.repeat(15)), []);
  assert.deepEqual(told(many), ['awake']);
});

test('they may sleep while nobody asks for anything', () => {
  assert.deepEqual(told(`${many}-${many}-`), ['awake', 'asleep', '…', 'awake', 'asleep', '…']);
});

test('requests far apart wake nobody', () => {
  assert.deepEqual(
    told('-'.repeat(20)),
    Array.from({ length: 20 }, () => '…'),
  );
});

test('without a word about CPUs there is nothing but waiting', () => {
  const waited: number[] = [];
  const wakefulness = new Wakefulness((milliseconds) => waited.push(milliseconds) > 0, undefined);
  for (let request = 0; request < 20; request++) {
    wakefulness.wait();
    wakefulness.requested();
  }
  assert.deepEqual(new Set(waited), new Set([-1]));
});
