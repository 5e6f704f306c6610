import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes } from '../bytes.js';
import type { ContainerSpec } from '../container.js';
import { enterCommand, isForked, launchCommand } from './command-lines.js';

const spec: ContainerSpec = {
  namespaces: ['mount', 'pid', 'uts'],
  root: 'pivot_root',
  proc: true,
  directories: [],
  controlGroups: [],
};

/** From the program's name up to the first shell, or to the end. */
function upToShell(command: readonly string[], program: string): string {
  const words = command.slice(command.indexOf(program));
  return words.slice(0, words.includes('sh') ? words.indexOf('sh') : undefined).join(' ');
}

test('a container has the namespaces that were asked for, and the PID namespace from whoever starts it', () => {
  const command = launchCommand(spec, true, '/union', ['/bin/true']);
  assert.equal(upToShell(command, 'unshare'), 'unshare --mount --uts --propagation unchanged');
});

test('what is asked for in another order is made in the same one, user namespace first', () => {
  const own = { ...spec, namespaces: ['uts', 'pid', 'mount', 'user'] } as const;
  assert.equal(
    upToShell(launchCommand(own, true, '/union', ['/bin/true']), 'unshare'),
    'unshare --user --mount --uts --pid --propagation unchanged --map-root-user --fork --kill-child',
  );
});

test('the root of a user namespace is an ordinary user of the host, if the host has another one to give', () => {
  const own = { ...spec, namespaces: ['mount', 'user'] } as const;
  assert.equal(launchCommand(own, true, '/union', ['/bin/true'])[0], 'setpriv');
  assert.equal(launchCommand(own, false, '/union', ['/bin/true'])[0], 'unshare');
});

test('only a user or time namespace leaves unshare between the host and the first process', () => {
  assert.equal(isForked(spec), false);
  assert.equal(isForked({ ...spec, namespaces: ['time'] }), true);
});

test('control groups are joined before anything else, with arguments as they are', () => {
  const groups = { ...spec, controlGroups: [bytes('/sys/fs/cgroup/a b'), bytes('/sys/fs/cgroup/c')] };
  const [shell, , , , ...rest] = launchCommand(groups, true, '/union', ['/bin/true']);
  assert.equal(shell, 'sh');
  assert.deepEqual(rest.slice(0, 4), ['/sys/fs/cgroup/a b', '/sys/fs/cgroup/c', '--', 'unshare']);
});

test('a command of the container comes last, as it was given', () => {
  const given = ['/bin/echo', 'a b', '$c', ''];
  assert.deepEqual(launchCommand(spec, true, '/union', given).slice(-4), given);
  assert.deepEqual(enterCommand(spec, 42, given).slice(-5), ['--', ...given]);
});

test('proc is mounted in the root of the container, and on /proc where that is the root of the host', () => {
  const procOf = (own: ContainerSpec) => launchCommand(own, true, '/union', ['/bin/true']).slice(-2)[0];
  assert.equal(procOf(spec), '/union/proc');
  assert.equal(procOf({ ...spec, root: 'host' }), '/proc');
  assert.equal(procOf({ ...spec, proc: false }), '');
});

test('a further process enters every namespace of the first, and its root only where that was changed by chroot', () => {
  assert.equal(enterCommand(spec, 42, ['x']).join(' '), 'nsenter --target 42 --mount --uts -- x');
  const changed = enterCommand({ ...spec, root: 'chroot' }, 42, ['x']);
  assert.equal(changed.join(' '), 'nsenter --target 42 --mount --uts --root --wd -- x');
});
