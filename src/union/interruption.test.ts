import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Bytes, bytes, join } from '../bytes.js';
import type { Files, OpenFile, OpenFlag, Stat, Time } from '../files.js';
import { SystemError } from '../system/errno.js';
import { Crash, type Fault, failing, Schedule } from './failing-files.js';
import { type Contents, read, TemporaryUnion } from './temporary-union.js';

const b = bytes;
const LONG_AGO: Time = { seconds: 1_000_000_000, nanoseconds: 123_456_789 };

const upper: Contents = { 'merged/up': 'u', up: 'u', 'updir/f': 'f', 'wiped/.wh.x': '', 'wiped/.wh.y': '' };
const lower: Contents = {
  'merged/low': 'l',
  low: 'lower text',
  up: 'covered',
  'lowdir/': '',
  'wiped/x': '',
  'wiped/y': '',
  'deep/er/f': 'deep text',
  'deep/er/link': '-> f',
  gone: 'old',
  'gonedir/old': 'old',
  one: 'linked',
};

/** What is done, step by step: what is seen may change with each, and with nothing else. */
type Operation = (files: Files) => Iterable<unknown>;

const once = (call: (files: Files) => unknown): Operation =>
  function* (files) {
    yield call(files);
  };

/** Steps with an open file, which is closed whatever happens. */
function withFile(path: string, flags: readonly OpenFlag[], use: (file: OpenFile) => unknown): Operation {
  return function* (files) {
    const file = files.open(b(path), flags, 0o640);
    try {
      yield;
      yield use(file);
    } finally {
      file.close();
    }
  };
}

const text = Buffer.from('+ new text');

const operations: Readonly<Record<string, Operation>> = {
  'delete a lower file': once((files) => files.unlink(b('low'))),
  'delete a covering file': once((files) => files.unlink(b('up'))),
  'delete in a lower directory': once((files) => files.unlink(b('deep/er/f'))),
  'delete one of two lower names': once((files) => files.unlink(b('one'))),
  'delete a file with a long name': once((files) => files.unlink(b('n'.repeat(253)))),
  'remove a lower directory': once((files) => files.removeDirectory(b('lowdir'))),
  'remove a directory of whiteouts': once((files) => files.removeDirectory(b('wiped'))),
  'create a file': withFile('new', ['O_WRONLY', 'O_CREAT', 'O_EXCL'], (file) => file.write(0, text)),
  'create a file in a lower directory': once((files) => files.makeNode(b('deep/er/new'), 'file', 0o644)),
  'create over a whiteout': once((files) => files.makeNode(b('gone'), 'file', 0o644)),
  'make a fifo over a whiteout': once((files) => files.makeNode(b('gone'), 'fifo', 0o644)),
  'make a symlink over a whiteout': once((files) => files.makeSymlink(b('gone'), b('low'))),
  'make a directory over a whiteout': once((files) => files.makeDirectory(b('gonedir'), 0o755)),
  'make a link over a whiteout': once((files) => files.link(b('low'), b('gone'))),
  'make a third link of a lower file': once((files) => files.link(b('one'), b('lowdir/three'))),
  'append to a lower file': withFile('low', ['O_WRONLY', 'O_APPEND'], (file) => file.write(0, text)),
  'append to one of two lower names': withFile('one', ['O_WRONLY', 'O_APPEND'], (file) =>
    file.write(0, text),
  ),
  'write to a sparse lower file': withFile('sparse', ['O_RDWR'], (file) => file.write(5, text)),
  'overwrite a lower file': withFile('low', ['O_WRONLY', 'O_TRUNC'], (file) => file.write(0, text)),
  'truncate a lower file': once((files) => files.truncate(b('low'), 3)),
  'truncate an open lower file': withFile('low', ['O_RDWR'], (file) => file.truncate(3)),
  'change the mode, deep': once((files) => files.setMode(b('deep/er/f'), 0o600)),
  'change the mode of a lower directory': once((files) => files.setMode(b('deep/er'), 0o700)),
  'change the owner of a symlink': once((files) => files.setOwner(b('deep/er/link'), 5, 6)),
  'set times': once((files) => files.setTimes(b('low'), { mtime: { seconds: 5, nanoseconds: 6 } })),
  'set an attribute': once((files) => files.setAttribute(b('low'), b('user.new'), text, 'set')),
  'remove an attribute': once((files) => files.removeAttribute(b('low'), b('user.k'))),
  'rename a lower file': once((files) => files.rename(b('low'), b('new'), 'replace')),
  'rename one of two lower names': once((files) => files.rename(b('one'), b('deep/new'), 'replace')),
  'rename a lower file over a whiteout': once((files) => files.rename(b('low'), b('gone'), 'replace')),
  'rename over a covering file': once((files) => files.rename(b('low'), b('up'), 'replace')),
  'rename a covering file': once((files) => files.rename(b('up'), b('deep/up'), 'replace')),
  'rename a lower directory': once((files) => files.rename(b('lowdir'), b('new'), 'replace')),
  'rename a directory over a whiteout': once((files) => files.rename(b('updir'), b('gonedir'), 'replace')),
  'rename a directory over a lower one': once((files) => files.rename(b('updir'), b('lowdir'), 'replace')),
  'rename a directory over one of whiteouts': once((files) =>
    files.rename(b('updir'), b('wiped'), 'replace'),
  ),
  'exchange files': once((files) => files.rename(b('low'), b('up'), 'exchange')),
  'exchange a file and a directory': once((files) => files.rename(b('low'), b('lowdir'), 'exchange')),
};

const faults: readonly Fault[] = [
  { kind: 'crash', counts: 'changes' },
  { kind: 'ENOSPC', counts: 'changes' },
  { kind: 'EIO', counts: 'calls' },
];

/** A union in which the operations have something to do, and everything is old. */
function prepared(schedule: Schedule): TemporaryUnion {
  const union = new TemporaryUnion(
    [
      ['rw', upper],
      ['ro', lower],
    ],
    undefined,
    (files) => failing(files, schedule),
    ([, low]) => {
      low?.link(b('one'), b('deep/two'));
      low?.makeNode(b('n'.repeat(253)), 'file', 0o644);
      low?.makeNode(b('sparse'), 'file', 0o604);
      low?.truncate(b('sparse'), 3 << 20);
      low?.setAttribute(b('low'), b('user.k'), Buffer.from('v'), 'set');
      low?.setOwner(b('low'), 7, 8);
      low?.setMode(b('low'), 0o4751);
    },
  );
  union.files.unlink(b('gone'));
  union.files.unlink(b('gonedir/old'));
  union.files.removeDirectory(b('gonedir'));
  for (const { files } of union.branches) makeOld(files, '' as Bytes);
  return union;
}

function makeOld(files: Files, directory: Bytes): void {
  for (const { name, kind } of files.list(directory)) {
    const path = join(directory, name);
    if (kind === 'directory') makeOld(files, path);
    files.setTimes(path, { mtime: LONG_AGO });
  }
}

/** Everything that a user sees but the moment of a change, which is another one each time. */
function seen(files: Files): string {
  return lines(files, ({ kind, nlink, mtime }) => {
    if (kind === 'directory') return '';
    return `${nlink} ${mtime.seconds < LONG_AGO.seconds * 1.4 ? mtime.seconds : 'now'}`;
  });
}

/** Everything that there is to a branch that must not change. */
function whole(files: Files): string {
  return lines(files, ({ ino, nlink, mtime }) => `${ino} ${nlink} ${mtime.seconds}.${mtime.nanoseconds}`);
}

function lines(files: Files, also: (stat: Stat) => string): string {
  const found: string[] = [];
  const walk = (directory: Bytes): void => {
    for (const { name } of files.list(directory)) {
      const path = join(directory, name);
      const stat = files.lookup(path);
      if (stat === undefined) {
        found.push(`${path} is listed, and not found`);
        continue;
      }
      const { kind, mode, uid, gid, size } = stat;
      const content =
        kind === 'symlink' ? files.readLink(path) : kind === 'file' ? contentOf(files, path) : '';
      const attributes = files.listAttributes(path).join();
      const length = kind === 'directory' ? 0 : size;
      found.push([path, kind, mode.toString(8), uid, gid, length, content, attributes, also(stat)].join(' '));
      if (kind === 'directory') walk(path);
    }
  };
  walk('' as Bytes);
  return found.sort().join('\n');
}

function contentOf(files: Files, path: Bytes): string {
  const file = files.open(path, ['O_RDONLY']);
  try {
    return file.read(0, 64).toString();
  } finally {
    file.close();
  }
}

/** What may be seen: before, after, and between two steps. */
function statesOf(operation: Operation): readonly string[] {
  using union = prepared(new Schedule({ kind: 'EIO', counts: 'calls' }));
  const states = [seen(union.files)];
  for (const _ of operation(union.files)) states.push(seen(union.files));
  return states;
}

/** Does the operation until the fault: which it was, undefined when there was none. */
function interrupted(operation: Operation, files: Files): unknown {
  try {
    for (const _ of operation(files));
    return undefined;
  } catch (failure) {
    return failure;
  }
}

for (const [title, operation] of Object.entries(operations)) {
  const states = statesOf(operation);
  for (const fault of faults) {
    test(`${title}: ${fault.kind} at any call leaves it done or not done`, () => {
      for (let calls = 0; ; calls++) {
        const schedule = new Schedule(fault);
        using union = prepared(schedule);
        const lowerBefore = whole(union.branch(1));
        schedule.after(calls);
        const failure = interrupted(operation, union.files);
        schedule.stop();
        if (failure === undefined) {
          assert.notEqual(calls, 0, 'nothing was called');
          return;
        }
        const at = `${fault.kind} at call ${calls}`;
        if (fault.kind === 'crash') assert.ok(failure instanceof Crash, String(failure));
        else assert.ok(failure instanceof SystemError && failure.errno === fault.kind, `${at}: ${failure}`);
        const live = fault.kind === 'crash' ? undefined : seen(union.files);
        union.crash();
        const after = seen(union.files);
        assert.ok(states.includes(after), `${at}: a state between: ${diff(states[0] ?? '', after)}`);
        if (live !== undefined) assert.equal(live, after, `${at}: another state after a new mount`);
        assert.equal(union.branch(0).list(b('.wh..wh.orph')).length, 0, `${at}: leftovers`);
        assert.equal(whole(union.branch(1)), lowerBefore);
        if (after !== states[0]) continue;
        assert.equal(interrupted(operation, union.files), undefined, `${at}: it cannot be done again`);
        assert.equal(seen(union.files), states.at(-1), `${at}: done again, it is not the same`);
      }
    });
  }
}

function diff(one: string, other: string): string {
  const [before, after] = [one.split('\n'), other.split('\n')];
  const gone = before.filter((line) => !after.includes(line)).map((line) => `- ${line}`);
  const come = after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`);
  return [...gone, ...come].join('\n');
}

for (const fault of faults) {
  test(`hard links stay one file after ${fault.kind} at any call of a write`, () => {
    for (let calls = 0; ; calls++) {
      const schedule = new Schedule(fault);
      using union = prepared(schedule);
      schedule.after(calls);
      const failure = interrupted(operations['append to one of two lower names'] as Operation, union.files);
      schedule.stop();
      if (failure === undefined) return;
      union.crash();
      const [one, two] = ['one', 'deep/two'].map((path) => union.files.lookup(b(path)));
      assert.equal(one?.ino, two?.ino, `${fault.kind} at call ${calls}`);
      assert.equal(one?.nlink, 2);
      assert.equal(read(union.files, 'one'), read(union.files, 'deep/two'));
    }
  });
}
