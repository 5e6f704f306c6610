import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Measured } from '../src/agent/control-group-protocol.js';
import { areAlike, notHeld, rateOf } from './cpu-share.js';

const quota = { quota: 20_000, period: 100_000 };

function second(measured: Partial<Measured>): Measured {
  return { used: 200_000, periods: 10, throttled: 10, shortest: 1_000_000, longest: 1_000_100, ...measured };
}

test('a group that used its quota up in each period was held to it', () => {
  assert.equal(notHeld(second({}), quota, 2), '');
});

test('the last slice of each CPU may overrun the quota', () => {
  assert.equal(notHeld(second({ used: 237_000 }), quota, 2), '');
  assert.match(notHeld(second({ used: 240_000 }), quota, 2), /^it used 240\.0 ms in 1000\.1 ms/);
});

test('a group that could use a whole CPU was not held', () => {
  assert.match(notHeld(second({ used: 990_000, throttled: 0, periods: 0 }), quota, 2), /are possible$/);
});

test('little use that the quota has not ended is not to its credit', () => {
  assert.equal(
    notHeld(second({ used: 190_000, throttled: 4 }), quota, 2),
    'it used up its quota in 4 of 10 periods',
  );
  assert.equal(
    notHeld(second({ throttled: 0, periods: 0 }), quota, 2),
    'it used up its quota in 0 of 0 periods',
  );
});

test('less than half of its due is too little', () => {
  assert.match(notHeld(second({ used: 80_000 }), quota, 2), /are its due$/);
});

test('alike is up to one and a half times as much, and nothing is like nothing', () => {
  const other = second({});
  assert.equal(areAlike(second({ used: 290_000 }), other), true);
  assert.equal(areAlike(second({ used: 310_000 }), other), false);
  assert.equal(areAlike(second({ used: 0 }), second({ used: 0 })), false);
});

test('a rate is CPU time in a unit of time', () => {
  assert.equal(rateOf(second({ used: 500_000, shortest: 1_000_000, longest: 1_000_000 })), 0.5);
});
