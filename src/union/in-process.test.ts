import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCESS_ACL, aclGranting } from '../access-control-list.js';
import { bytes, toBuffer } from '../bytes.js';
import type { Identity } from '../files.js';
import { SystemError } from '../system/errno.js';
import { append, exists, names, read, TemporaryUnion, write } from './temporary-union.js';

const b = bytes;
const user: Identity = { uid: 65534, gid: 65534, groups: [] };
const skip = process.geteuid?.() !== 0 && 'needs root';

function fails(errno: string, operation: () => unknown): void {
  assert.throws(operation, (failure) => failure instanceof SystemError && failure.errno === errno, errno);
}

test('symbolic links are resolved inside the union', () => {
  using u = new TemporaryUnion([
    ['rw', { abs: '-> /d/f', loop: '-> loop', up: '-> ../../../d' }],
    ['ro', { 'd/f': 'x', dangling: '-> none', file: '' }],
  ]);
  assert.equal(read(u.files, 'abs'), 'x');
  assert.equal(names(u.files, 'up'), 'f');
  append(u.files, 'up/f', 'y');
  assert.equal(read(u.branch(1), 'd/f'), 'x');
  assert.equal(read(u.files, 'd/../d/./f'), 'xy');
  fails('ELOOP', () => u.files.list(b('loop')));
  fails('ELOOP', () => u.files.open(b('abs'), ['O_RDONLY', 'O_NOFOLLOW']));
  fails('ENOENT', () => read(u.files, 'dangling'));
  write(u.files, 'dangling', 'made');
  assert.equal(read(u.files, 'none'), 'made');
  fails('EEXIST', () => u.files.open(b('abs'), ['O_WRONLY', 'O_CREAT', 'O_EXCL']));
  fails('ENOTDIR', () => u.files.lookup(b('file/x')));
  fails('ENOTDIR', () => u.files.lookup(b('file/')));
  assert.equal(u.files.lookup(b(''))?.kind, 'directory');
  fails('ENAMETOOLONG', () => u.files.lookup(b('n'.repeat(256))));
  fails('ENAMETOOLONG', () => u.files.lookup(b('d/'.repeat(2048))));
});

test('the root, . and .. cannot be made or removed', () => {
  using u = new TemporaryUnion([
    ['rw', { 'd/e/': '' }],
    ['ro', {}],
  ]);
  fails('EBUSY', () => u.files.removeDirectory(b('')));
  fails('EINVAL', () => u.files.removeDirectory(b('d/.')));
  fails('ENOTEMPTY', () => u.files.removeDirectory(b('d/..')));
  fails('EISDIR', () => u.files.unlink(b('d/.')));
  fails('EEXIST', () => u.files.makeDirectory(b('d/..'), 0o755));
  fails('EBUSY', () => u.files.rename(b('d/e/.'), b('x'), 'replace'));
  fails('EISDIR', () => u.files.open(b('d'), ['O_WRONLY']));
  fails('EISDIR', () => u.files.unlink(b('d')));
  u.files.makeDirectory(b('new/'), 0o755);
  assert.ok(exists(u.files, 'new'));
});

test('permissions are those of the entries, and of who acts', { skip }, () => {
  using u = new TemporaryUnion([
    ['rw', {}],
    ['ro', { f: 'root', 'open/f': '', 'sticky/f': '', 'closed/f': '', g: 'all' }],
  ]);
  const lower = u.branch(1);
  for (const [path, mode] of [
    ['open', 0o777],
    ['sticky', 0o1777],
    ['closed', 0o700],
    ['g', 0o4777],
  ] as const) {
    lower.setMode(b(path), mode);
  }
  lower.setOwner(b('open'), 0, 77);
  u.files.actAs(user);
  fails('EACCES', () => append(u.files, 'f', 'x'));
  fails('EACCES', () => write(u.files, 'new', ''));
  fails('EACCES', () => u.files.unlink(b('f')));
  fails('EACCES', () => u.files.lookup(b('closed/f')));
  fails('EPERM', () => u.files.unlink(b('sticky/f')));
  fails('EPERM', () => u.files.setMode(b('f'), 0o777));
  fails('EPERM', () => u.files.setOwner(b('f'), 65534, -1));
  u.files.actAs(undefined);
  u.files.setMode(b('open'), 0o2777);
  u.files.actAs(user);
  append(u.files, 'g', '!');
  write(u.files, 'open/new', '');
  u.files.makeDirectory(b('open/dir'), 0o755);
  assert.deepEqual([u.files.lookup(b('g'))?.mode, u.files.lookup(b('g'))?.uid], [0o777, 0]);
  const made = u.files.lookup(b('open/new'));
  assert.deepEqual([made?.uid, made?.gid], [65534, 77]);
  assert.equal(u.files.lookup(b('open/dir'))?.mode, 0o2755);
  u.files.actAs(undefined);
});

test('access control lists are enforced, copied up and inherited', { skip }, () => {
  using u = new TemporaryUnion([
    ['rw', {}],
    ['ro', { f: 'x', 'd/': '' }],
  ]);
  u.branch(1).setAttribute(b('f'), ACCESS_ACL, toBuffer(aclGranting(65534, 6)), 'set');
  const inherited = b('system.posix_acl_default');
  u.branch(1).setAttribute(b('d'), inherited, toBuffer(aclGranting(65534, 4)), 'set');
  u.files.actAs(user);
  append(u.files, 'f', 'y');
  u.files.actAs({ uid: 1000, gid: 1000, groups: [] });
  fails('EACCES', () => read(u.files, 'f'));
  u.files.actAs(undefined);
  assert.ok(u.branch(0).listAttributes(b('f')).includes(ACCESS_ACL));
  write(u.files, 'd/new', 'inherits');
  u.files.actAs(user);
  assert.equal(read(u.files, 'd/new'), 'inherits');
  fails('EACCES', () => append(u.files, 'd/new', '!'));
  u.files.actAs(undefined);
});

test('extended attributes: flags fail before anything is copied up', () => {
  using u = new TemporaryUnion([
    ['rw', {}],
    ['ro', { f: 'x' }],
  ]);
  u.branch(1).setAttribute(b('f'), b('user.k'), Buffer.from('v'), 'set');
  fails('EEXIST', () => u.files.setAttribute(b('f'), b('user.k'), Buffer.from('w'), 'create'));
  fails('ENODATA', () => u.files.setAttribute(b('f'), b('user.l'), Buffer.from('w'), 'replace'));
  fails('ENODATA', () => u.files.removeAttribute(b('f'), b('user.l')));
  fails('EOPNOTSUPP', () => u.files.setAttribute(b('f'), b('nonsense'), Buffer.from('w'), 'set'));
  assert.equal(u.branch(0).lookup(b('f')), undefined);
  u.files.removeAttribute(b('f'), b('user.k'));
  assert.deepEqual(u.files.listAttributes(b('f')), []);
  assert.deepEqual(u.branch(1).listAttributes(b('f')), [b('user.k')]);
});

test('an open directory lists what is in it now', () => {
  using u = new TemporaryUnion([
    ['rw', {}],
    ['ro', { 'd/a': '', f: '' }],
  ]);
  const directory = u.files.open(b('d'), ['O_RDONLY', 'O_DIRECTORY']);
  write(u.files, 'd/b', '');
  assert.deepEqual(
    directory
      .list()
      .map(({ name }) => name)
      .sort(),
    ['a', 'b'],
  );
  u.files.unlink(b('d/a'));
  u.files.unlink(b('d/b'));
  u.files.removeDirectory(b('d'));
  fails('ENOENT', () => directory.list());
  directory.close();
  const file = u.files.open(b('f'), ['O_RDONLY']);
  fails('ENOTDIR', () => file.list());
  assert.equal(file.descriptor !== undefined, true);
  file.close();
});

test('unnamed files, and files opened for their path only', () => {
  using u = new TemporaryUnion([
    ['rw', {}],
    ['ro', { 'd/f': 'x' }],
  ]);
  const unnamed = u.files.open(b('d'), ['O_RDWR', 'O_TMPFILE'], 0o600);
  unnamed.write(0, Buffer.from('x'));
  assert.deepEqual([unnamed.stat().nlink, unnamed.read(0, 9).toString()], [0, 'x']);
  unnamed.close();
  assert.equal(names(u.files, 'd'), 'f');
  const path = u.files.open(b('d/f'), ['O_PATH']);
  assert.equal(path.stat().size, 1);
  fails('EBADF', () => path.read(0, 1));
  path.close();
});
