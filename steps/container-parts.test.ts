import assert from 'node:assert/strict';
import { test } from 'node:test';
import { containerOf } from './container-parts.js';

test('each row is a part', () => {
  const { parts, script } = containerOf([
    ['namespaces', 'mount, pid'],
    ['root', 'chroot'],
    ['/proc', 'not mounted'],
    ['hostname', 'box'],
    ['uptime', '5 s ahead'],
    ['directory', '/shared (slave)'],
    ['first process', 'echo ready'],
  ]);
  assert.deepEqual(parts, {
    namespaces: ['mount', 'pid'],
    root: 'chroot',
    proc: false,
    hostname: 'box',
    uptimeOffset: 5,
    directory: { target: '/shared', propagation: 'slave' },
  });
  assert.equal(script, 'echo ready');
});

test('a part or value that is not in the vocabulary says what is', () => {
  for (const [part, value, complaint] of [
    ['namespaces', 'mount, net', /namespaces "net": want one of mount, pid,/],
    ['root', 'jail', /root "jail": want one of pivot_root, chroot, host/],
    ['uptime', 'long', /uptime "long": want N s ahead/],
    ['directory', '/shared', /directory "\/shared": want \/PATH \(private, slave, shared\)/],
    ['colour', 'red', /a container has no part "colour"/],
  ] as const) {
    assert.throws(() => containerOf([[part, value]]), complaint);
  }
});
