import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes } from '../bytes.js';
import type { Stat } from '../files.js';
import { dotWh } from '../formats/dot-wh.js';
import { SystemError } from '../system/errno.js';
import { readTree } from '../tree/read-tree.js';
import { Engine } from './engine.js';
import { InProcess } from './in-process.js';
import { append, exists, names, paths, read, TemporaryUnion, write } from './temporary-union.js';

const b = bytes;
const skip = process.geteuid?.() !== 0 && 'needs root';

function fails(errno: string, operation: () => unknown): void {
  assert.throws(operation, (failure) => failure instanceof SystemError && failure.errno === errno, errno);
}

function stat(union: TemporaryUnion, path: string): Stat {
  const found = union.files.lookup(b(path));
  assert.ok(found, path);
  return found;
}

test('the topmost branch wins and names are listed once', () => {
  using u = new TemporaryUnion([
    ['rw', { x: 'A', a: 'a', 'd/1': '' }],
    ['ro', { x: 'B', b: 'b', 'd/2': '', 'd/1': 'low' }],
  ]);
  assert.equal(names(u.files), 'a b d x');
  assert.equal(names(u.files, 'd'), '1 2');
  assert.equal(read(u.files, 'x'), 'A');
  assert.equal(read(u.files, 'b'), 'b');
});

test('a file between two directories ends the merge', () => {
  using u = new TemporaryUnion([
    ['rw', { 'y/a': '' }],
    ['ro', { y: '' }],
    ['ro', { 'y/deep': '' }],
  ]);
  assert.equal(names(u.files, 'y'), 'a');
});

test('whiteouts and opaque markers count in rw and ro+wh, not in ro', () => {
  for (const [mode, shown] of [
    ['ro', 'd x'],
    ['rr', 'd x'],
    ['ro+wh', 'd'],
    ['rr+wh', 'd'],
  ] as const) {
    using u = new TemporaryUnion([
      ['rw', {}],
      [mode, { '.wh.x': '', 'd/.wh..wh..opq': '', 'd/new': '' }],
      ['ro', { x: '', 'd/old': '' }],
    ]);
    assert.equal(names(u.files), shown);
    assert.equal(names(u.files, 'd'), mode.endsWith('+wh') ? 'new' : 'new old');
    assert.equal(exists(u.files, 'x'), shown.includes('x'));
    assert.equal(exists(u.files, 'd/old'), !mode.endsWith('+wh'));
  }
});

test('a write copies up, with all attributes, and the parents too', { skip }, () => {
  using u = new TemporaryUnion([
    ['rw', {}],
    ['ro', { 'p/q/f': 'old' }],
  ]);
  const lower = u.branch(1);
  const time = { seconds: 1_000_000_000, nanoseconds: 123_456_789 };
  lower.setOwner(b('p/q/f'), 5, 6);
  lower.setMode(b('p/q/f'), 0o4751);
  lower.setAttribute(b('p/q/f'), b('user.k'), Buffer.from('v'), 'set');
  lower.setOwner(b('p'), 7, 8);
  lower.setMode(b('p'), 0o2751);
  for (const path of ['p/q/f', 'p/q', 'p']) lower.setTimes(b(path), { atime: time, mtime: time });
  u.files.setOwner(b('p/q/f'), -1, 9);
  const copy = u.branch(0).lookup(b('p/q/f'));
  assert.equal(copy?.mode, 0o0751, 'chown clears set-user-ID');
  assert.deepEqual([copy?.uid, copy?.gid, copy?.mtime], [5, 9, time]);
  assert.equal(u.files.getAttribute(b('p/q/f'), b('user.k')).toString(), 'v');
  const parent = u.branch(0).lookup(b('p'));
  assert.deepEqual([parent?.mode, parent?.uid, parent?.gid, parent?.mtime], [0o2751, 7, 8, time]);
  assert.deepEqual(u.branch(0).lookup(b('p/q'))?.mtime, time);
  assert.equal(paths(u.branch(0)), 'p/ p/q/ p/q/f');
  u.files.setMode(b('p/q/f'), 0o4755);
  assert.equal(stat(u, 'p/q/f').mode, 0o4755);
});

test('appending, overwriting and truncating', () => {
  using u = new TemporaryUnion([
    ['rw', {}],
    ['ro', { a: 'abcd', o: 'abcd', t: 'abcd', e: '' }],
  ]);
  append(u.files, 'a', 'e');
  assert.equal(read(u.files, 'a'), 'abcde');
  write(u.files, 'o', 'n');
  assert.equal(read(u.files, 'o'), 'n');
  u.files.truncate(b('t'), 2);
  assert.equal(read(u.files, 't'), 'ab');
  u.files.truncate(b('e'), 3);
  assert.equal(read(u.files, 'e'), '\0\0\0');
  assert.equal(read(u.branch(1), 'a') + read(u.branch(1), 'o') + read(u.branch(1), 't'), 'abcdabcdabcd');
});

test('opening for writing copies nothing, the first write does, and readers follow', () => {
  using u = new TemporaryUnion([
    ['rw', {}],
    ['ro', { f: 'x' }],
  ]);
  const reader = u.files.open(b('f'), ['O_RDONLY']);
  const writer = u.files.open(b('f'), ['O_RDWR']);
  assert.equal(paths(u.branch(0)), '');
  const before = reader.stat().ino;
  writer.write(1, Buffer.from('y'));
  assert.equal(paths(u.branch(0)), 'f');
  assert.equal(reader.read(0, 9).toString(), 'xy');
  assert.equal(reader.stat().size, 2);
  assert.deepEqual([reader.stat().ino, writer.stat().ino, stat(u, 'f').ino], [before, before, before]);
  fails('EBADF', () => reader.write(0, Buffer.from('z')));
  reader.close();
  writer.close();
});

test('holes stay holes', () => {
  using u = new TemporaryUnion([
    ['rw', {}],
    ['ro', { s: 'start' }],
  ]);
  const file = u.branch(1).open(b('s'), ['O_WRONLY']);
  file.truncate(3 << 20);
  file.write(2 << 20, Buffer.from('middle'));
  file.close();
  u.files.setMode(b('s'), 0o600);
  assert.ok(stat(u, 's').blocks < 256);
  assert.equal(stat(u, 's').size, 3 << 20);
  assert.equal(read(u.files, 's'), read(u.branch(1), 's'));
});

test('deleting leaves a whiteout only when there is something to hide', () => {
  using u = new TemporaryUnion([
    ['rw', { up: '', both: '' }],
    ['ro', { low: '', both: '', 'd/low': '' }],
  ]);
  for (const path of ['up', 'both', 'low', 'd/low']) u.files.unlink(b(path));
  assert.equal(paths(u.branch(0)), '.wh.both .wh.low d/ d/.wh.low');
  assert.equal(names(u.files), 'd');
  const whiteout = u.branch(0).lookup(b('.wh.low'));
  assert.deepEqual([whiteout?.mode, whiteout?.size, whiteout?.nlink], [0o444, 0, 4]);
  u.remount();
  assert.equal(names(u.files), 'd');
  write(u.files, 'low', 'new');
  assert.equal(paths(u.branch(0)), '.wh.both d/ d/.wh.low low');
});

test('a directory in the place of a deleted one is opaque, and a removed one leaves a whiteout', () => {
  using u = new TemporaryUnion([
    ['rw', { 'd/up': '' }],
    ['ro', { 'd/low': '', f: '' }],
  ]);
  fails('ENOTEMPTY', () => u.files.removeDirectory(b('d')));
  u.files.unlink(b('d/up'));
  fails('ENOTEMPTY', () => u.files.removeDirectory(b('d')));
  u.files.unlink(b('d/low'));
  u.files.removeDirectory(b('d'));
  assert.equal(paths(u.branch(0)), '.wh.d');
  u.files.makeDirectory(b('d'), 0o755);
  assert.equal(paths(u.branch(0)), 'd/ d/.wh..wh..opq');
  assert.equal(names(u.files, 'd'), '');
  u.remount();
  assert.equal(names(u.files, 'd'), '');
  write(u.files, 'd/low', 'new');
  u.files.unlink(b('d/low'));
  assert.equal(paths(u.branch(0)), 'd/ d/.wh..wh..opq');
  u.files.removeDirectory(b('d'));
  u.files.unlink(b('f'));
  u.files.makeDirectory(b('f'), 0o755);
  assert.equal(paths(u.branch(0)), '.wh.d f/ f/.wh..wh..opq');
});

test('files are renamed across branches', () => {
  using u = new TemporaryUnion([
    ['rw', { up: 'u', 'e/': '' }],
    ['ro', { a: 'a', c: 'c', 'd/x': 'x' }],
  ]);
  const { ino } = stat(u, 'a');
  u.files.rename(b('a'), b('n'), 'replace');
  assert.equal(paths(u.branch(0)), '.wh.a e/ n up');
  assert.equal(stat(u, 'n').ino, ino);
  u.files.rename(b('up'), b('c'), 'replace');
  assert.equal(paths(u.branch(0)), '.wh.a c e/ n');
  u.files.rename(b('n'), b('a'), 'no-replace');
  assert.equal(paths(u.branch(0)), 'a c e/');
  u.files.rename(b('d/x'), b('e/x'), 'replace');
  assert.equal(names(u.files, 'd') + names(u.files, 'e'), 'x');
  fails('EEXIST', () => u.files.rename(b('a'), b('c'), 'no-replace'));
  u.files.rename(b('a'), b('c'), 'exchange');
  assert.equal(read(u.files, 'a') + read(u.files, 'c'), 'ua');
  fails('EINVAL', () => u.files.rename(b('a'), b('z'), 'whiteout'));
});

test('directories are renamed when all they have is in one branch', () => {
  using u = new TemporaryUnion([
    ['rw', { 'up/f': 'f', 'merged/m': '', 'gone/.wh.x': '' }],
    ['ro', { 'low/f': '', 'merged/l': '', 'empty/': '', 'gone/x': '', 'full/f': '' }],
  ]);
  fails('EXDEV', () => u.files.rename(b('low'), b('z'), 'replace'));
  fails('EXDEV', () => u.files.rename(b('merged'), b('z'), 'replace'));
  fails('ENOTEMPTY', () => u.files.rename(b('up'), b('full'), 'replace'));
  fails('EINVAL', () => u.files.rename(b('up'), b('up/in'), 'replace'));
  u.files.rename(b('empty'), b('moved'), 'replace');
  u.files.rename(b('up'), b('gone'), 'replace');
  assert.equal(names(u.files), 'full gone low merged moved');
  assert.equal(names(u.files, 'gone'), 'f');
  u.remount();
  assert.equal(names(u.files, 'gone'), 'f');
  assert.equal(paths(u.branch(0)), '.wh.empty gone/ gone/.wh..wh..opq gone/f merged/ merged/m moved/');
});

test('several writable branches are changed in place', () => {
  using u = new TemporaryUnion([
    ['rw', { both: '1' }],
    ['rw', { both: '2', low: '2', del: '2', 'd/': '' }],
  ]);
  append(u.files, 'low', '+');
  append(u.files, 'both', '+');
  write(u.files, 'd/new', '');
  write(u.files, 'new', '');
  u.files.unlink(b('del'));
  u.files.unlink(b('both'));
  u.files.rename(b('low'), b('moved'), 'replace');
  assert.equal(paths(u.branch(0)), '.wh.both new');
  assert.equal(paths(u.branch(1)), 'both d/ d/new moved');
  assert.equal(read(u.branch(1), 'both') + read(u.branch(1), 'moved'), '22+');
});

test('a union without a writable branch refuses everything, and one below a read-only branch what is hidden', () => {
  using u = new TemporaryUnion([
    ['ro', { f: '' }],
    ['rr', { g: '' }],
  ]);
  for (const operation of [
    () => u.files.open(b('f'), ['O_RDWR']),
    () => u.files.open(b('n'), ['O_WRONLY', 'O_CREAT']),
    () => u.files.unlink(b('f')),
    () => u.files.makeDirectory(b('n'), 0o755),
    () => u.files.rename(b('f'), b('n'), 'replace'),
    () => u.files.link(b('f'), b('n')),
    () => u.files.makeSymlink(b('n'), b('t')),
    () => u.files.setMode(b('f'), 0o600),
    () => u.files.setOwner(b('f'), 1, 1),
    () => u.files.setTimes(b('f'), { mtime: { seconds: 1, nanoseconds: 0 } }),
    () => u.files.truncate(b('f'), 0),
    () => u.files.makeNode(b('n'), 'fifo', 0o600),
    () => u.files.setAttribute(b('f'), b('user.k'), Buffer.from('v'), 'set'),
    () => u.files.access(b('f'), 2),
  ]) {
    fails('EROFS', operation);
  }
  using v = new TemporaryUnion([
    ['ro', { top: '' }],
    ['rw', { top: 'x', low: 'x' }],
  ]);
  append(v.files, 'low', 'y');
  assert.equal(read(v.branch(1), 'low'), 'xy');
  fails('EROFS', () => append(v.files, 'top', 'y'));
  fails('EROFS', () => v.files.unlink(b('top')));
  fails('EROFS', () => write(v.files, 'new', ''));
});

test('hard links of a lower branch stay one file', () => {
  using u = new TemporaryUnion([
    ['rw', {}],
    ['ro', { a: 'x', 'd/': '' }],
  ]);
  u.branch(1).link(b('a'), b('b'));
  u.branch(1).link(b('a'), b('d/c'));
  const { ino } = stat(u, 'a');
  append(u.files, 'a', 'y');
  for (const path of ['a', 'b', 'd/c']) {
    assert.equal(read(u.files, path), 'xy');
    assert.deepEqual([stat(u, path).ino, stat(u, path).nlink], [ino, 3]);
  }
  assert.equal(paths(u.branch(0)), 'a');
  u.files.unlink(b('b'));
  assert.equal(stat(u, 'a').nlink, 2);
  append(u.files, 'd/c', 'z');
  assert.equal(read(u.files, 'a'), 'xyz');
  assert.equal(u.branch(0).lookup(b('a'))?.nlink, 2);
  assert.equal(names(u.branch(0), '.wh..wh.plnk'), '');
});

test('what is pending of hard links is settled by an unmount, and by the mount after a crash', () => {
  for (const end of ['remount', 'crash'] as const) {
    using u = new TemporaryUnion([
      ['rw', {}],
      ['ro', { a: 'x', 'd/': '' }],
    ]);
    u.branch(1).link(b('a'), b('d/b'));
    append(u.files, 'a', 'y');
    u[end]();
    assert.equal(read(u.files, 'd/b'), 'xy');
    assert.equal(stat(u, 'd/b').ino, stat(u, 'a').ino);
    assert.equal(stat(u, 'a').nlink, 2);
    assert.equal(paths(u.branch(0)), 'a d/ d/b');
  }
});

test('after a crash hard links are found in their branch, wherever it is among the branches by then', () => {
  using u = new TemporaryUnion([
    ['rw', {}],
    ['ro', { other: 'o' }],
    ['ro', { a: 'x' }],
  ]);
  const [upper, other, lower] = u.branches;
  assert.ok(upper && other && lower);
  lower.files.link(b('a'), b('c'));
  append(u.files, 'a', 'y');
  const without = new Engine([upper, other]);
  without.mount();
  without.unmount();
  const reordered = new Engine([upper, lower, other]);
  reordered.mount();
  const files = new InProcess(reordered);
  assert.equal(read(files, 'c'), 'xy');
  assert.equal(files.lookup(b('a'))?.ino, files.lookup(b('c'))?.ino);
  assert.equal(names(u.branch(0), '.wh..wh.plnk'), '');
  reordered.unmount();
});

test('link(2) of a lower file', () => {
  using u = new TemporaryUnion([
    ['rw', { 'd/': '' }],
    ['ro', { single: 'x', gone: '' }],
  ]);
  const { ino } = stat(u, 'single');
  u.files.unlink(b('gone'));
  u.files.link(b('single'), b('gone'));
  u.files.link(b('single'), b('d/two'));
  fails('EEXIST', () => u.files.link(b('single'), b('d/two')));
  fails('EPERM', () => u.files.link(b('d'), b('e')));
  for (const path of ['single', 'gone', 'd/two']) {
    assert.deepEqual([stat(u, path).ino, stat(u, path).nlink], [ino, 3]);
  }
});

test('open files outlive their names', () => {
  using u = new TemporaryUnion([
    ['rw', { up: 'up' }],
    ['ro', { low: 'low', moved: 'm', l1: 'l' }],
  ]);
  u.branch(1).link(b('l1'), b('l2'));
  for (const path of ['up', 'low']) {
    const file = u.files.open(b(path), ['O_RDWR']);
    u.files.unlink(b(path));
    assert.equal(file.stat().nlink, 0);
    assert.equal(file.read(0, 9).toString(), path);
    file.write(0, Buffer.from('X'));
    file.setMode(0o600);
    assert.equal(file.read(0, 9).toString(), `X${path.slice(1)}`);
    assert.deepEqual([file.stat().nlink, file.stat().mode], [0, 0o600]);
    file.close();
  }
  const file = u.files.open(b('moved'), ['O_RDWR']);
  u.files.rename(b('moved'), b('there'), 'replace');
  file.write(1, Buffer.from('!'));
  file.close();
  assert.equal(read(u.files, 'there'), 'm!');
  const linked = u.files.open(b('l1'), ['O_RDWR']);
  u.files.unlink(b('l1'));
  assert.equal(linked.stat().nlink, 1);
  linked.write(1, Buffer.from('!'));
  linked.close();
  assert.equal(read(u.files, 'l2'), 'l!');
  u.remount();
  assert.equal(read(u.files, 'l2'), 'l!');
  assert.equal(names(u.files), 'l2 there');
  assert.equal(names(u.branch(0), '.wh..wh.orph'), '');
  assert.equal(read(u.branch(1), 'l2') + read(u.branch(1), 'low') + read(u.branch(1), 'moved'), 'llowm');
});

test('special files and symbolic links copy up as what they are', { skip }, () => {
  using u = new TemporaryUnion([
    ['rw', {}],
    ['ro', { l: '-> nowhere' }],
  ]);
  u.branch(1).makeNode(b('p'), 'fifo', 0o644);
  u.branch(1).makeNode(b('s'), 'socket', 0o644);
  u.branch(1).makeNode(b('c'), 'character-device', 0o644, { major: 1, minor: 3 });
  for (const path of ['l', 'p', 's', 'c']) u.files.setOwner(b(path), 5, 5);
  assert.deepEqual(
    ['l', 'p', 's', 'c'].map((path) => u.branch(0).lookup(b(path))?.kind),
    ['symlink', 'fifo', 'socket', 'character-device'],
  );
  assert.deepEqual(stat(u, 'c').device, { major: 1, minor: 3 });
  assert.equal(u.files.readLink(b('l')), 'nowhere');
});

test('names of the bookkeeping are neither shown nor taken', () => {
  using u = new TemporaryUnion([
    ['rw', {}],
    ['ro', {}],
  ]);
  assert.equal(names(u.files), '');
  fails('EPERM', () => write(u.files, '.wh.x', ''));
  fails('EPERM', () => u.files.lookup(b('.wh..wh.aufs')));
  write(u.files, '.wh', '');
  write(u.files, '.whx', '');
  assert.equal(stat(u, '').nlink, 2);
});

test('names of up to 255 bytes can be hidden too', () => {
  for (const length of [251, 252, 255]) {
    const name = 'n'.repeat(length);
    using u = new TemporaryUnion([
      ['rw', {}],
      ['ro', { [name]: 'old' }],
    ]);
    u.files.unlink(b(name));
    u.remount();
    assert.equal(names(u.files), '');
    assert.equal(exists(u.files, name), false);
    const { tree } = readTree(u.branch(0));
    assert.equal(dotWh.interpret(tree).get(b(name))?.kind, 'whiteout');
    write(u.files, name, 'new');
    assert.equal(paths(u.branch(0)), name);
  }
});

test('a copy-up that fails leaves nothing', () => {
  using u = new TemporaryUnion([
    ['rw', {}],
    ['ro', { f: 'old' }],
  ]);
  const upper = u.branch(0);
  const open = upper.open.bind(upper);
  upper.open = (path, flags, mode) => {
    const file = open(path, flags, mode);
    file.write = () => {
      throw new SystemError('ENOSPC', 'write');
    };
    return file;
  };
  fails('ENOSPC', () => append(u.files, 'f', 'new'));
  upper.open = open;
  assert.equal(read(u.files, 'f'), 'old');
  assert.equal(paths(upper), '');
  assert.equal(names(upper, '.wh..wh.orph'), '');
});

test('what a deleted upper entry covered stays hidden, and what is removed behind shows again after a remount', () => {
  using u = new TemporaryUnion([
    ['rw', {}],
    ['ro', { f: 'x' }],
  ]);
  u.files.unlink(b('f'));
  u.branch(0).unlink(b('.wh.f'));
  u.remount();
  assert.equal(read(u.files, 'f'), 'x');
});
