import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bytes } from '../bytes.js';
import type { Stat } from '../files.js';
import { Reply } from './reply.js';

const stat: Stat = {
  kind: 'file',
  mode: 0o644,
  uid: 1,
  gid: 2,
  size: 3,
  nlink: 1,
  ino: '334254001',
  dev: '0:1',
  device: { major: 0, minor: 0 },
  blocks: 8,
  atime: { seconds: 1795268120, nanoseconds: 789 },
  mtime: { seconds: -1, nanoseconds: 5 },
  ctime: { seconds: 2 ** 32, nanoseconds: 6 },
};

function started(validity = { entry: 1.5, attributes: 2 }): Reply {
  const reply = new Reply(validity);
  reply.start(6);
  return reply;
}

/** The answer as words of 32 bits. */
function words(reply: Reply, length: number): number[] {
  assert.equal(reply.buffer.readUInt32LE(0), length, 'the header says how long it is');
  return Array.from({ length: length / 4 }, (_, index) => reply.buffer.readUInt32LE(4 * index));
}

test('an error is the negated number, and nothing else', () => {
  const reply = started();
  assert.deepEqual(words(reply, reply.error('ENOTEMPTY')), [16, 0x1_0000_0000 - 39, 6, 0]);
});

test('an entry is its node, how long that holds, and its attributes', () => {
  const reply = started();
  const [, , , , ...body] = words(reply, reply.entry(2, stat));
  assert.deepEqual(body.slice(0, 10), [2, 0, 0, 0, 1, 0, 2, 0, 500_000_000, 0]);
  assert.deepEqual(body.slice(10, 16), [334254001, 0, 3, 0, 8, 0]);
  const [seconds, nanoseconds] = [
    [1795268120, 0, 0xffff_ffff, 0xffff_ffff, 0, 1],
    [789, 5, 6],
  ];
  assert.deepEqual(body.slice(16, 25), [...seconds, ...nanoseconds]);
  assert.deepEqual(body.slice(25), [0o100644, 1, 1, 2, 0, 4096, 0]);
});

test('an inode number of more than 53 bits is not rounded', () => {
  const reply = started();
  reply.attributes({ ...stat, ino: '18446744073709551614' });
  assert.equal(reply.body.readBigUInt64LE(16), 18446744073709551614n);
});

test('a device has its number', () => {
  const reply = started();
  reply.attributes({ ...stat, kind: 'character-device', device: { major: 250, minor: 1000 } });
  assert.equal(reply.body.readUInt32LE(16 + 60), 0o020644);
  assert.equal(reply.body.readUInt32LE(16 + 76), 0x30fae8); // makedev(3): minor 0x3e8, major 0xfa
});

test('that a name is not there may be remembered', () => {
  const remembered = started();
  const [, errno, , , node, , , , seconds] = words(remembered, remembered.noEntry());
  assert.deepEqual([errno, node, seconds], [0, 0, 1]);
});

test('names of a listing are padded to eight bytes, and say where the next one is', () => {
  const reply = started();
  assert.equal(Reply.listedSize('abcdefghi' as Bytes, false), 40);
  assert.equal(Reply.listedSize('abcdefgh' as Bytes, true), 128 + 32);
  reply.listed(0, { name: '\xffb' as Bytes, ino: '7', kind: 'directory' }, 3);
  const expected = '0700000000000000' + '0300000000000000' + '02000000' + '04000000' + 'ff62000000000000';
  assert.equal(reply.body.toString('hex', 0, 32), expected);
});
