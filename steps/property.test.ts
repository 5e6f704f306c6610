import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Looked } from '../src/agent/protocol.js';
import type { Bytes } from '../src/bytes.js';
import { parseProperty, propertyPattern, seenProperty } from './property.js';

const looked: Looked = {
  stat: {
    kind: 'file',
    mode: 0o4640,
    uid: 5,
    gid: 6,
    size: 3,
    nlink: 2,
    ino: '9',
    dev: '0:1',
    device: { major: 1, minor: 3 },
    blocks: 8,
    atime: { seconds: 1, nanoseconds: 0 },
    mtime: { seconds: 1000000000, nanoseconds: 123456789 },
    ctime: { seconds: 3, nanoseconds: 0 },
  },
  target: 't' as Bytes,
  attributes: { 'user.k': 'v' as Bytes },
};

const holding = [
  'mode 4640',
  'owner 5:6',
  'mtime 1000000000.123456789',
  'atime 1',
  'attribute user.k "v"',
  'no attribute user.other',
  'exactly the attributes "user.k"',
  'size 3',
  'links 2',
  'target "t"',
  'device 1:3',
  'at most 8 blocks',
];

const failing = [
  'mode 0640',
  'owner 6:5',
  'mtime 1000000000.123456788',
  'atime 1.1',
  'attribute user.k "w"',
  'attribute user.other "v"',
  'no attribute user.k',
  'exactly the attributes ""',
  'size 4',
  'links 1',
  'target "u"',
  'device 1:4',
  'at most 7 blocks',
];

const whole = new RegExp(`^(?:${propertyPattern})$`);

for (const text of holding) {
  test(`${text} holds`, () => {
    assert.match(text, whole);
    const { wanted, seen } = seenProperty(parseProperty(text), looked);
    assert.equal(seen, wanted);
  });
}

for (const text of failing) {
  test(`${text} does not hold`, () => {
    assert.match(text, whole);
    const { wanted, seen } = seenProperty(parseProperty(text), looked);
    assert.notEqual(seen, wanted);
  });
}

test('an access control list is an attribute', () => {
  const access = parseProperty('an access control list granting user 65534 r-x');
  const inherited = parseProperty('a default access control list granting user 65534 r-x');
  assert.equal(access.name === 'attribute' && access.attribute, 'system.posix_acl_access');
  assert.equal(inherited.name === 'attribute' && inherited.attribute, 'system.posix_acl_default');
});
