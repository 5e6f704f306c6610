import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from '../catalogue/usage-error.js';
import { readOptions } from './options.js';

test('branches are separated by colons, highest first, and may say their mode', () => {
  for (const text of ['br=./a:b=ro:/c=rr+wh', 'dirs=./a:b=ro:/c=rr+wh', 'br:./a:b=ro:/c=rr+wh']) {
    assert.deepEqual(readOptions([text]).branches, [
      { path: './a', mode: undefined },
      { path: 'b', mode: 'ro' },
      { path: '/c', mode: 'rr+wh' },
    ]);
  }
});

test('a backslash takes its meaning from a separator', () => {
  const [branch] = readOptions(['br=/odd\\,na\\:me\\=\\\\=rw,udba=none']).branches;
  assert.deepEqual(branch, { path: '/odd,na:me=\\', mode: 'rw' });
});

test('several options may stand in one, or in several', () => {
  const { mount, flags, branches } = readOptions([
    'br=a',
    'ro,udba=none,create=most-free-space',
    'nosuid,passthrough,awake',
  ]);
  assert.deepEqual(mount, {
    readOnly: true,
    directAccess: 'none',
    creation: 'mfs',
    passThrough: true,
    awake: true,
  });
  assert.deepEqual([flags, branches.length], [{ noSuid: true }, 1]);
});

test('branches change while it is mounted', () => {
  const { remount, changes } = readOptions(['remount,append:/x=ro,add:2:/y,del=/z,mod:/w=rw']);
  assert.equal(remount, true);
  assert.deepEqual(changes, [
    { change: 'append', branch: { path: '/x', mode: 'ro' } },
    { change: 'insert', at: 2, branch: { path: '/y', mode: undefined } },
    { change: 'delete', branch: { path: '/z', mode: undefined } },
    { change: 'mode', branch: { path: '/w', mode: 'rw' } },
  ]);
});

for (const [text, message] of [
  ['udbo=none', /-o udbo=none: there is no option udbo: did you mean udba\?/],
  ['br=a=rq', /branch a: there is no mode rq: did you mean/],
  ['br=', /br= needs a value/],
  ['br=a::b', /a branch needs a directory/],
  ['udba=sometimes', /there is no such udba/],
  ['add:/y', /it is written add:INDEX:DIRECTORY=MODE/],
] as const) {
  test(`${text} is refused`, () => {
    assert.throws(
      () => readOptions([text]),
      (failure) => {
        return failure instanceof UsageError && message.test(failure.message);
      },
    );
  });
}
