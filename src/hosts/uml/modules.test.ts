import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modulesToLoad } from './modules.js';

test('a module is loaded after what it needs, each once', () => {
  const list = [
    'kernel/fs/fuse/cuse.ko: kernel/fs/fuse/fuse.ko',
    'kernel/fs/overlayfs/overlay.ko: kernel/lib/b.ko kernel/lib/a.ko',
    'kernel/fs/fuse/fuse.ko: kernel/lib/a.ko',
    'kernel/lib/a.ko:',
    'kernel/lib/b.ko: kernel/lib/a.ko',
    '',
  ].join('\n');
  assert.deepEqual(modulesToLoad(list), [
    'kernel/lib/a.ko',
    'kernel/lib/b.ko',
    'kernel/fs/overlayfs/overlay.ko',
    'kernel/fs/fuse/fuse.ko',
  ]);
});

test('what is built in is not loaded', () => {
  assert.deepEqual(modulesToLoad(''), []);
});
