import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Bytes, bytes } from '../bytes.js';
import { type Entry, type Tree, treeOf } from '../tree/tree.js';
import { charDevice } from './char-device.js';
import { charDeviceOrDotWh } from './char-device-or-dot-wh.js';
import { hiddenSuffix } from './hidden-suffix.js';

const zero = { major: 0, minor: 0 };

function entry(path: string, kind: Entry['kind'], more: Partial<Entry> = {}): Entry {
  const mtime = { seconds: 1, nanoseconds: 0 };
  return { path: bytes(path), kind, mode: 0, uid: 0, gid: 0, nlink: 1, mtime, attributes: {}, ...more };
}

/** `PATH KIND`, with `opaque` and the attributes that are left. */
function shown(tree: Tree): string[] {
  return [...tree.values()].map(({ path, kind, opaque, attributes }) =>
    [path, kind, ...(opaque ? ['opaque'] : []), ...Object.keys(attributes)].join(' '),
  );
}

const file = (path: string, more?: Partial<Entry>) => entry(path, 'file', { content: '' as Bytes, ...more });
const directory = (path: string, more?: Partial<Entry>) => entry(path, 'directory', more);
const device = (path: string, major = 0) => entry(path, 'character-device', { device: { ...zero, major } });

test('char-device: a device 0:0 is a whiteout, another device is none', () => {
  const tree = treeOf([device('gone'), device('null', 1), file('.wh.kept')]);
  assert.deepEqual(shown(charDevice.interpret(tree)), [
    '.wh.kept file',
    'gone whiteout',
    'null character-device',
  ]);
  assert.equal(charDevice.interpret(tree).get('gone' as Bytes)?.device, undefined);
});

test('char-device: opaque is y, and internal attributes are left out', () => {
  const tree = treeOf([
    directory('a', { attributes: { 'trusted.overlay.opaque': bytes('y'), 'user.k': bytes('v') } }),
    directory('b', { attributes: { 'user.overlay.opaque': bytes('y') } }),
    directory('c', {
      attributes: { 'trusted.overlay.opaque': bytes('x'), 'trusted.overlay.impure': bytes('y') },
    }),
    directory('d', { attributes: { 'user.opaque': bytes('y') } }),
  ]);
  assert.deepEqual(shown(charDevice.interpret(tree)), [
    'a directory opaque user.k',
    'b directory opaque',
    'c directory',
    'd directory user.opaque',
  ]);
});

test('char-device-or-dot-wh: both whiteouts, and the markers of an opaque directory', () => {
  const tree = treeOf([
    device('gone'),
    file('.wh.lost'),
    directory('a'),
    file('a/.wh..wh..opq'),
    directory('b', { attributes: { 'user.fuseoverlayfs.opaque': bytes('y') } }),
    device('b/.wh..opq'),
  ]);
  assert.deepEqual(shown(charDeviceOrDotWh.interpret(tree)), [
    'a directory opaque',
    'b directory opaque',
    'gone whiteout',
    'lost whiteout',
  ]);
});

test('hidden-suffix: markers are whiteouts where they point to, under either name of their directory', () => {
  const tree = treeOf([
    directory(''),
    directory('.unionfs'),
    file('.unionfs/a_HIDDEN~'),
    directory('.unionfs-fuse'),
    directory('.unionfs-fuse/d'),
    file('.unionfs-fuse/d/x_HIDDEN~'),
    directory('d'),
    file('y_HIDDEN~'),
  ]);
  assert.deepEqual(shown(hiddenSuffix.interpret(tree)), [
    ' directory',
    'a whiteout',
    'd directory',
    'd/x whiteout',
    'y_HIDDEN~ file',
  ]);
});

test('hidden-suffix: a whiteout lies in a directory, also where only its marker does', () => {
  const tree = treeOf([
    directory(''),
    directory('.unionfs-fuse'),
    directory('.unionfs-fuse/d'),
    directory('.unionfs-fuse/d/e'),
    file('.unionfs-fuse/d/e/x_HIDDEN~'),
    directory('.unionfs-fuse/unused'),
  ]);
  assert.deepEqual(shown(hiddenSuffix.interpret(tree)), [
    ' directory',
    'd directory',
    'd/e directory',
    'd/e/x whiteout',
  ]);
});

test('hidden-suffix: what libfuse keeps of a deleted open file is left out', () => {
  const tree = treeOf([directory(''), directory('d'), file('d/.fuse_hidden0000000200000001')]);
  assert.deepEqual(shown(hiddenSuffix.interpret(tree)), [' directory', 'd directory']);
});

test('hidden-suffix: a hidden directory that exists is opaque, and what is below a hidden one hides nothing', () => {
  const tree = treeOf([
    directory(''),
    directory('.unionfs-fuse'),
    directory('.unionfs-fuse/d_HIDDEN~'),
    directory('.unionfs-fuse/d'),
    file('.unionfs-fuse/d/x_HIDDEN~'),
    directory('.unionfs-fuse/e_HIDDEN~'),
    directory('.unionfs-fuse/e'),
    directory('.unionfs-fuse/e/z_HIDDEN~'),
    directory('d'),
    file('d/new'),
    file('f'),
    file('.unionfs-fuse/f_HIDDEN~'),
  ]);
  assert.deepEqual(shown(hiddenSuffix.interpret(tree)), [
    ' directory',
    'd directory opaque',
    'd/new file',
    'e whiteout',
    'f file',
  ]);
});

test('hidden-suffix: what is left below a directory whose place a file has taken hides nothing', () => {
  const tree = treeOf([
    directory(''),
    directory('.unionfs-fuse'),
    directory('.unionfs-fuse/d'),
    directory('.unionfs-fuse/d/e'),
    file('.unionfs-fuse/d/e/x_HIDDEN~'),
    file('.unionfs-fuse/d/x_HIDDEN~'),
    file('d'),
  ]);
  assert.deepEqual(shown(hiddenSuffix.interpret(tree)), [' directory', 'd file']);
});
