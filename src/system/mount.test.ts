import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes } from '../bytes.js';
import { parseMountInfo } from './mount.js';

test('a mount point may hold a space and a backslash', () => {
  const line = '36 35 98:0 /mnt1 /a\\040b\\134c rw,noatime master:1 - ext3 /dev/root rw,errors=continue\n';
  assert.deepEqual(parseMountInfo(bytes(line)), [
    {
      mountPoint: '/a b\\c',
      root: '/mnt1',
      type: 'ext3',
      source: '/dev/root',
      options: ['rw', 'errors=continue'],
    },
  ]);
});

test('there may be no optional fields', () => {
  const [mount] = parseMountInfo(bytes('40 26 0:22 / /union rw - overlay none rw,lowerdir=a\n'));
  assert.deepEqual(mount, {
    mountPoint: '/union',
    root: '/',
    type: 'overlay',
    source: 'none',
    options: ['rw', 'lowerdir=a'],
  });
});
