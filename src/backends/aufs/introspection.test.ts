import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes } from '../../bytes.js';
import { parseMountInfo } from '../../system/mount.js';
import { idIn, parseBranch } from './introspection.js';

/** Lines that a kernel with aufs 6.1 has printed. */
const mountinfo = '30 27 0:27 / /W/b1_five/mnt rw,relatime - aufs none rw,si=4fd4f86664dfe1a0\n';

test('a line of the mount table has the id of the union', () => {
  const [mount] = parseMountInfo(bytes(mountinfo));
  assert.equal(mount?.type, 'aufs');
  assert.equal(mount.mountPoint, '/W/b1_five/mnt');
  assert.equal(idIn(mount.options), 'si=4fd4f86664dfe1a0');
});

test('the id is found among other options', () => {
  assert.equal(idIn('rw,si=e4c87c5974ce4b1b,dio,dirperm1'.split(',')), 'si=e4c87c5974ce4b1b');
  assert.equal(idIn('rw,size=64k,sid=1'.split(',')), undefined);
});

for (const [line, path, mode] of [
  ['/W/b1_five/container-layer=rw\n', '/W/b1_five/container-layer', 'rw'],
  ['/W/a5_wh_attr/mid=ro+wh\n', '/W/a5_wh_attr/mid', 'ro+wh'],
  ['/W/d5_umount_files/rw=rw+nolwh\n', '/W/d5_umount_files/rw', 'rw+nolwh'],
  ['/var/lib/docker/aufs/diff/119cbfe2-init=ro+wh\n', '/var/lib/docker/aufs/diff/119cbfe2-init', 'ro+wh'],
  ['/W/eq=ual=rr\n', '/W/eq=ual', 'rr'],
  ['/W/sp\\040ace=ro\n', '/W/sp ace', 'ro'],
] as const) {
  test(`${line.trim()} is the branch ${path}, ${mode}`, () => {
    assert.deepEqual(parseBranch(line), { path, mode });
  });
}
