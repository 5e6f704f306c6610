import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes } from '../bytes.js';
import { parseMountInfo } from '../system/mount.js';
import { hierarchiesOf, pathDown } from './hierarchies.js';

function hierarchies(mountinfo: string, memberships: string) {
  return hierarchiesOf(parseMountInfo(bytes(mountinfo)), memberships);
}

test('on a host of version 1 each mount tells its controllers among its options', () => {
  const mountinfo = `31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct
35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,xattr,name=systemd
`;
  assert.deepEqual(
    hierarchies(mountinfo, '4:memory:/jobs/7\n2:cpu,cpuacct:/\n1:name=systemd:/user.slice\n0::/\n'),
    [
      { version: 'v1', mountPoint: '/sys/fs/cgroup/cpu,cpuacct', controllers: ['cpu', 'cpuacct'], own: '' },
      { version: 'v1', mountPoint: '/sys/fs/cgroup/memory', controllers: ['memory'], own: '/jobs/7' },
    ],
  );
});

test('on a host of version 2 there is one hierarchy, whose controllers its own files tell', () => {
  const mountinfo = '28 22 0:25 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n';
  assert.deepEqual(hierarchies(mountinfo, '0::/user.slice/user-1000.slice/session-2.scope\n'), [
    {
      version: 'v2',
      mountPoint: '/sys/fs/cgroup',
      controllers: [],
      own: '/user.slice/user-1000.slice/session-2.scope',
    },
  ]);
});

test('a hybrid host has both', () => {
  const mountinfo = `32 31 0:29 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids
41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
`;
  assert.deepEqual(
    hierarchies(mountinfo, '8:pids:/\n0::/init.scope\n').map(({ version, own }) => ({ version, own })),
    [
      { version: 'v1', own: '' },
      { version: 'v2', own: '/init.scope' },
    ],
  );
});

test('a mount that shows a part of a hierarchy only has its root there', () => {
  const mountinfo = '50 40 0:25 /docker/c1 /sys/fs/cgroup ro - cgroup2 cgroup rw\n';
  assert.equal(hierarchies(mountinfo, '0::/docker/c1/inner\n')[0]?.own, '/inner');
  assert.equal(hierarchies(mountinfo, '0::/docker/c1\n')[0]?.own, '');
  assert.equal(hierarchies(mountinfo, '0::/elsewhere\n')[0]?.own, '');
});

test('a hierarchy that is mounted twice counts once', () => {
  const mountinfo = `50 40 0:25 / /sys/fs/cgroup rw - cgroup2 cgroup rw
51 40 0:25 / /mnt/again rw - cgroup2 cgroup rw
`;
  assert.deepEqual(
    hierarchies(mountinfo, '0::/\n').map(({ mountPoint }) => mountPoint),
    ['/sys/fs/cgroup'],
  );
});

test('the way down to a group starts at the mount point', () => {
  assert.deepEqual(pathDown({ mountPoint: '/cg', own: '/a/b' }), ['/cg', '/cg/a', '/cg/a/b']);
  assert.deepEqual(pathDown({ mountPoint: '/cg', own: '' }), ['/cg']);
});
