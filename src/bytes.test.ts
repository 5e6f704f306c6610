import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Bytes, bytes, display, join, nameOf, parentOf } from './bytes.js';

test('text becomes the bytes of its UTF-8, and \\xHH one byte', () => {
  assert.equal(bytes('ü'), '\u00c3\u00bc');
  assert.equal(bytes('a\\xffb'), 'a\u00ffb');
});

test('what is shown is text where it is UTF-8, and escaped bytes where it is not', () => {
  assert.equal(display(bytes('grün')), 'grün');
  assert.equal(display(bytes('a\\xffb')), 'a\\xffb');
  assert.equal(display(bytes('bell\\x07')), 'bell\\x07');
  assert.equal(display(bytes('two\nlines')), 'two\nlines');
});

test('paths are taken apart and put together without losing the root', () => {
  const [root, a, path] = ['', 'a', 'a/b/c'] as Bytes[] as [Bytes, Bytes, Bytes];
  assert.deepEqual([parentOf(path), nameOf(path), parentOf(a), nameOf(a)], ['a/b', 'c', '', 'a']);
  assert.deepEqual([join(root, a), join(a, path)], ['a', 'a/a/b/c']);
});
