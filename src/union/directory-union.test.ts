import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { DirectAccess } from '../backend.js';
import { type Bytes, bytes } from '../bytes.js';
import type { OpenFlag } from '../files.js';
import { DirectoryUnion } from './directory-union.js';
import { Engine } from './engine.js';
import type { Entry } from './entry.js';

function within(directAccess: DirectAccess, check: (engine: Engine) => void): void {
  const root = mkdtempSync(join(tmpdir(), 'directory-union-'));
  try {
    const [upper, lower] = [join(root, 'upper'), join(root, 'lower')];
    for (const branch of [upper, lower]) {
      for (const name of ['d', 'flat']) mkdirSync(join(branch, name), { recursive: true });
    }
    mkdirSync(join(lower, 'd', 'lower'));
    writeFileSync(join(lower, 'd', 'file'), 'lower');
    const branches = [
      { name: 'upper', path: bytes(upper), mode: 'rw' as const },
      { name: 'lower', path: bytes(lower), mode: 'ro' as const },
    ];
    const { engine } = new DirectoryUnion(Engine, branches, { directAccess });
    check(engine);
    engine.unmount();
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function found(entry: Entry | undefined): Entry {
  assert.ok(entry);
  return entry;
}

for (const directAccess of ['none', 'reval'] as const) {
  test(`a directory that was looked up before counts the directories that came since: ${directAccess}`, () => {
    within(directAccess, (engine) => {
      const d = found(engine.lookup(engine.root(), bytes('d')));
      const links = () => engine.statOf(found(engine.refreshed(d))).nlink;
      const make = (name: Bytes) => engine.make(d, name, { kind: 'directory', mode: 0o755 });
      const remove = (name: Bytes) => engine.removeDirectory(d, found(engine.lookup(d, name)));
      assert.equal(links(), 3);
      make(bytes('new'));
      assert.equal(links(), 4);
      remove(bytes('lower'));
      assert.equal(links(), 3);
      remove(bytes('new'));
      assert.equal(links(), 2);
    });
  });

  test(`also when there were none: ${directAccess}`, () => {
    within(directAccess, (engine) => {
      const flat = found(engine.lookup(engine.root(), bytes('flat')));
      const links = () => engine.statOf(found(engine.refreshed(flat))).nlink;
      assert.equal(links(), 2);
      engine.make(flat, bytes('new'), { kind: 'directory', mode: 0o755 });
      assert.equal(links(), 3);
    });
  });
}

test('where nobody else changes the branches, the engine tells when a name leads elsewhere', () => {
  within('none', (engine) => {
    const root = engine.root();
    const before = engine.version;
    engine.statOf(root);
    assert.equal(engine.version, before);
    engine.create(root, bytes('f'), ['O_WRONLY'], 0o644).close();
    assert.notEqual(engine.version, before);
  });
  within('reval', (engine) => assert.equal(engine.version, undefined));
});

/** What was opened of a lower file to be looked into later, and how many descriptors that has taken. */
function openLater(engine: Engine, flags: readonly OpenFlag[]) {
  const directory = found(engine.lookup(engine.root(), bytes('d')));
  const entry = found(engine.lookup(directory, bytes('file')));
  const count = () => readdirSync('/proc/self/fd').length;
  const before = count();
  const file = engine.open(entry, flags, 'when needed');
  return { file, unlink: () => engine.unlink(directory, entry), taken: () => count() - before };
}

test('a lower file is opened when it is looked into, whatever has become of its name', () => {
  within('none', (engine) => {
    const { file, unlink, taken } = openLater(engine, ['O_RDONLY']);
    unlink();
    assert.equal(taken(), 0);
    assert.equal(file.read(0, 9).toString(), 'lower');
    assert.equal(taken(), 1);
    file.close();
    assert.equal(taken(), 0);
  });
  within('reval', (engine) => assert.equal(openLater(engine, ['O_RDONLY']).taken(), 1));
});

test('and at the latest when its branch becomes writable', () => {
  within('none', (engine) => {
    const { file, unlink, taken } = openLater(engine, ['O_RDONLY']);
    engine.setBranchMode(1, 'rw');
    assert.equal(taken(), 1);
    unlink();
    assert.equal(file.read(0, 9).toString(), 'lower');
  });
});

test('who writes to it does so in a copy', () => {
  within('none', (engine) => {
    const { file, taken } = openLater(engine, ['O_RDWR']);
    assert.equal(taken(), 0);
    file.write(5, Buffer.from('!'));
    assert.deepEqual([taken(), file.home.branch, file.read(0, 9).toString()], [1, 0, 'lower!']);
    file.close();
  });
});

test('a thousand branches are the most', () => {
  const root = mkdtempSync(join(tmpdir(), 'directory-union-'));
  try {
    const branches = Array.from({ length: 1001 }, (_, number) => {
      const path = join(root, String(number));
      mkdirSync(path);
      return {
        name: String(number),
        path: bytes(path),
        mode: number === 0 ? ('rw' as const) : ('ro' as const),
      };
    });
    assert.throws(() => new DirectoryUnion(Engine, branches), /1001 branches: a union has at most 1000/);
    assert.deepEqual(readdirSync(join(root, '0')), []);
    const { engine } = new DirectoryUnion(Engine, branches.slice(1));
    assert.equal(engine.root().parts.length, 1000);
    engine.unmount();
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
