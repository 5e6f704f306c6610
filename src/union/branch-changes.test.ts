import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes } from '../bytes.js';
import { append, read, TemporaryUnion } from './temporary-union.js';

const b = bytes;

function union(): TemporaryUnion {
  return new TemporaryUnion([
    ['rw', { 'd/up': 'u' }],
    ['ro', { a: 'lower', 'd/low': 'l' }],
    ['ro', { a: 'extra', c: 'extra' }],
  ]);
}

test('a file that is open goes on when a branch that covers it comes', () => {
  using u = union();
  const [, , extra] = u.branches;
  assert.ok(extra);
  u.engine.removeBranch(2);
  const file = u.files.open(b('a'), ['O_RDONLY']);
  u.engine.insertBranch(0, { files: extra.files, mode: 'ro' });
  assert.equal(file.read(0, 16).toString(), 'lower');
  assert.equal(read(u.files, 'a'), 'extra');
  file.close();
  u.engine.removeBranch(0);
  u.engine.insertBranch(2, { files: extra.files, mode: 'ro' });
});

test('inode numbers stay when branches come and go, and none is given twice', () => {
  using u = union();
  const numberOf = (path: string) => u.files.lookup(b(path))?.ino;
  append(u.files, 'a', '+');
  const before = [numberOf('a'), numberOf('d/low'), numberOf('d/up')];
  const [, , extra] = u.branches;
  assert.ok(extra);
  const gone = numberOf('c');
  u.engine.removeBranch(2);
  u.engine.insertBranch(1, { files: extra.files, mode: 'ro' });
  assert.deepEqual([numberOf('a'), numberOf('d/low'), numberOf('d/up')], before);
  assert.ok(numberOf('c') !== gone && !before.includes(numberOf('c')));
  u.engine.removeBranch(1);
  u.engine.insertBranch(2, { files: extra.files, mode: 'ro' });
});

test('an open directory goes on in the next branch that has it', () => {
  using u = union();
  const directory = u.files.open(b('d'), ['O_RDONLY', 'O_DIRECTORY']);
  const [upper] = u.branches;
  assert.ok(upper);
  u.engine.removeBranch(0);
  assert.equal(directory.stat().kind, 'directory');
  directory.close();
  u.engine.insertBranch(0, upper);
});

test('a file that is open for writing is written to where it is when its branch becomes writable', () => {
  using u = union();
  const file = u.files.open(b('a'), ['O_RDWR']);
  u.engine.setBranchMode(1, 'rw');
  file.write(0, Buffer.from('L'));
  assert.equal(file.read(0, 16).toString(), 'Lower');
  file.close();
  assert.deepEqual([read(u.branch(1), 'a'), u.branch(0).lookup(b('a'))], ['Lower', undefined]);
  u.engine.setBranchMode(1, 'ro');
});

test('names of one file stay one file when the branch of their original goes', () => {
  using u = new TemporaryUnion(
    [
      ['rw', {}],
      ['ro', { one: 'x' }],
    ],
    undefined,
    undefined,
    ([, lower]) => lower?.link(b('one'), b('two')),
  );
  append(u.files, 'one', 'y');
  const [, lower] = u.branches;
  assert.ok(lower);
  u.engine.removeBranch(1);
  assert.equal(read(u.files, 'two'), 'xy');
  assert.equal(u.files.lookup(b('one'))?.ino, u.files.lookup(b('two'))?.ino);
  u.engine.insertBranch(1, lower);
});

test('a file that lost its name is not written to when its branch has become read-only', () => {
  using u = new TemporaryUnion([
    ['rw', { a: 'text' }],
    ['rw', {}],
  ]);
  const file = u.files.open(b('a'), ['O_RDWR']);
  u.files.unlink(b('a'));
  u.engine.setBranchMode(0, 'ro');
  assert.throws(() => file.write(0, Buffer.from('more')), { errno: 'EROFS' });
  assert.equal(file.read(0, 16).toString(), 'text');
  file.close();
  u.engine.setBranchMode(0, 'rw');
});
