import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes } from '../bytes.js';
import type { Entry } from '../union/entry.js';
import { TemporaryUnion } from '../union/temporary-union.js';
import { Nodes } from './nodes.js';
import { ROOT_NODE } from './protocol.js';

const link = bytes('link');

/** A lower symbolic link that the kernel has followed, and another one in its place. */
function replaced(target: string, name = link) {
  const union = new TemporaryUnion([
    ['rw', {}],
    ['ro', { link: '-> a' }],
  ]);
  const { engine } = union;
  const nodes = new Nodes(engine);
  const root = nodes.get(ROOT_NODE);
  const find = (what = link) => engine.lookup(nodes.entryOf(root), what) as Entry;
  const before = find();
  const node = nodes.named(root, link, before);
  nodes.targetOf(node);
  union.branch(1).unlink(link);
  union.branch(1).makeSymlink(name, bytes(target));
  const sameNumber = { ...find(name), ino: before.ino }; // as ext4 would give it, which tmpfs does not
  const now = nodes.named(root, name, sameNumber);
  union[Symbol.dispose]();
  return { node, now };
}

test('a symbolic link with the number of another is a node of its own: the kernel has the target of that', () => {
  const { node, now } = replaced('b');
  assert.notEqual(now, node);
});

test('so it is under another name', () => {
  const { node, now } = replaced('b', bytes('other'));
  assert.notEqual(now, node);
});

test('as long as it leads to the same the node stays', () => {
  const { node, now } = replaced('a');
  assert.equal(now, node);
});
