import { Then } from '@cucumber/cucumber';
import type { BranchSpec, CallResult, Looked } from '../src/agent/protocol.js';
import { isWritable } from '../src/backend.js';
import { type Bytes, display, join, nameOf, parentOf } from '../src/bytes.js';
import type { DirectoryEntry, FileSystemStat, Kind, Stat, Time } from '../src/files.js';
import { ExpectationFailed, HarnessError } from '../src/runner/stage.js';
import { showTime } from '../src/tree/diff-trees.js';
import { showContent, showEntry } from '../src/tree/show-entry.js';
import { expect } from './expect.js';
import type { Field } from './parameter-types.js';
import { seenProperty, type WrittenProperty } from './property.js';
import { soon } from './soon.js';
import { entryOf, plantedOf } from './state-table.js';
import type { UnionWorld } from './world.js';

async function statOf(world: UnionWorld, path: Bytes): Promise<Stat> {
  world.insistOnSuccess();
  return (await world.need({ call: 'lookup', path })) as Stat;
}

async function listed(world: UnionWorld, path: Bytes): Promise<readonly DirectoryEntry[]> {
  return (await world.need({ call: 'list', path })) as readonly DirectoryEntry[];
}

Then('it succeeds', function (this: UnionWorld) {
  this.expectSuccess();
});

Then('it fails with {errno}', async function (this: UnionWorld, errno: string) {
  await this.expectFailure(errno);
});

Then('{path} reads {text}', async function (this: UnionWorld, path: Bytes, content: Bytes) {
  this.insistOnSuccess();
  await compareContent(this, path, content);
});

Then('{path} soon reads {text}', async function (this: UnionWorld, path: Bytes, content: Bytes) {
  this.insistOnSuccess();
  await soon(() => compareContent(this, path, content));
});

async function compareContent(world: UnionWorld, path: Bytes, content: Bytes): Promise<void> {
  const { data } = (await world.need({ call: 'read-file', path })) as { data: Bytes };
  expect(data === content, `"${display(path)}" reads "${showContent(data)}", not "${showContent(content)}"`);
}

Then('{path} does not exist', async function (this: UnionWorld, path: Bytes) {
  this.insistOnSuccess();
  const found = await this.try({ call: 'lookup', path });
  expect(!found.ok, `"${display(path)}" exists`, 'OK');
  expectMissing(path, found);
  const parent = await this.try({ call: 'list', path: parentOf(path) });
  expectMissing(parentOf(path), parent);
  if (!parent.ok) return; // its directory does not exist either
  const names = (parent.value as readonly DirectoryEntry[]).map(({ name }) => name);
  expect(!names.includes(nameOf(path)), `"${display(path)}" is not found, and yet listed`);
});

/** Only these say that there is nothing; any other errno says that the union cannot tell. */
function expectMissing(path: Bytes, result: CallResult): void {
  if (result.ok || result.errno === 'ENOENT' || result.errno === 'ENOTDIR') return;
  throw new ExpectationFailed(`looking for "${display(path)}" fails with ${result.errno}`, {
    errno: result.errno,
  });
}

Then('{path} is a {kind}', async function (this: UnionWorld, path: Bytes, kind: Kind) {
  const found = await statOf(this, path);
  expect(found.kind === kind, `"${display(path)}" is a ${found.kind}, not a ${kind}`);
  const entry = (await listed(this, parentOf(path))).find(({ name }) => name === nameOf(path));
  expect(entry?.kind === kind, `"${display(path)}" is listed as ${entry?.kind ?? 'nothing'}, not as ${kind}`);
});

Then('directory {path} lists {names}', async function (this: UnionWorld, path: Bytes, names: Bytes[]) {
  this.insistOnSuccess();
  await compareListing(this, path, names);
});

Then('directory {path} soon lists {names}', async function (this: UnionWorld, path: Bytes, names: Bytes[]) {
  this.insistOnSuccess();
  await soon(() => compareListing(this, path, names));
});

async function compareListing(world: UnionWorld, path: Bytes, names: readonly Bytes[]): Promise<void> {
  const found = await listed(world, path);
  compareNames(`directory "${display(path)}"`, found, names);
  for (const { name } of found) await world.need({ call: 'lookup', path: join(path, name) });
}

function compareNames(what: string, found: readonly DirectoryEntry[], names: readonly Bytes[]): void {
  const show = (list: readonly Bytes[]) => [...list].sort().map(display).join(', ');
  const seen = found.map(({ name }) => name);
  const same = [...seen].sort().join('/') === [...names].sort().join('/');
  expect(same, `${what} lists "${show(seen)}", not "${show(names)}"`);
}

Then('{path} has {property}', async function (this: UnionWorld, path: Bytes, property: WrittenProperty) {
  this.insistOnSuccess();
  compareProperty(path, property, (await this.need({ call: 'look', path })) as Looked);
});

Then('{path} soon has {property}', async function (this: UnionWorld, path: Bytes, property: WrittenProperty) {
  this.insistOnSuccess();
  await soon(async () =>
    compareProperty(path, property, (await this.need({ call: 'look', path })) as Looked),
  );
});

Then(
  '{path} in the {branch} branch has {property}',
  async function (this: UnionWorld, path: Bytes, branch: string, property: WrittenProperty) {
    this.insistOnSuccess();
    const { entry } = await this.ask({ do: 'look', branch, path }, 'entry');
    if (entry === null)
      throw new ExpectationFailed(`"${display(path)}" is not in the ${branch} branch`, { errno: 'ENOENT' });
    compareProperty(path, property, entry);
  },
);

Then(
  'file {file} has {property}',
  async function (this: UnionWorld, file: string, property: WrittenProperty) {
    this.insistOnSuccess();
    const stat = (await this.need({ call: 'stat', file })) as Stat;
    compareProperty(file as Bytes, property, { stat, attributes: {} });
  },
);

function compareProperty(path: Bytes, property: WrittenProperty, looked: Looked): void {
  const { wanted, seen } = seenProperty(property, looked);
  expect(wanted === seen, `"${display(path)}" has ${seen}, not ${wanted}`);
}

Then('{path} was copied up', async function (this: UnionWorld, path: Bytes) {
  this.insistOnSuccess();
  expect(await copied(this, path), `"${display(path)}" is in no writable branch`);
});

Then('{path} was not copied up', async function (this: UnionWorld, path: Bytes) {
  this.insistOnSuccess();
  expect(!(await copied(this, path)), `"${display(path)}" is in a writable branch`);
  const others = this.branches.filter((branch) => !isWritable(branch));
  expect(await isIn(this, others, path), `"${display(path)}" is in no branch`);
});

function copied(world: UnionWorld, path: Bytes): Promise<boolean> {
  return isIn(world, world.branches.filter(isWritable), path);
}

async function isIn(world: UnionWorld, branches: readonly BranchSpec[], path: Bytes): Promise<boolean> {
  for (const { name } of branches) {
    const found = (await world.branch(name)).get(path);
    if (found !== undefined && found.kind !== 'whiteout') return true;
  }
  return false;
}

Then(
  '{path} has the {field} {path} had',
  async function (this: UnionWorld, path: Bytes, field: Field, before: Bytes) {
    const seen = show((await statOf(this, path))[field]);
    const wanted = show(noted(this, before)[field]);
    expect(seen === wanted, `"${display(path)}" has ${field} ${seen}, "${display(before)}" had ${wanted}`);
  },
);

Then('{path} has a later {field} than it had', async function (this: UnionWorld, path: Bytes, field: Field) {
  const now = show((await statOf(this, path))[field]);
  const before = show(noted(this, path)[field]);
  expect(Number(now) > Number(before), `"${display(path)}" has ${field} ${now}, it had ${before}`);
});

function noted(world: UnionWorld, path: Bytes): Stat {
  const stat = world.noted.get(path);
  if (stat === undefined) throw new HarnessError(`"${display(path)}" was not looked at before`);
  return stat;
}

function show(value: Time | string | number): string {
  return typeof value === 'object' ? showTime(value) : String(value);
}

Then('{path} and {path} are the same file', async function (this: UnionWorld, a: Bytes, b: Bytes) {
  const same = await identical(this, a, b);
  expect(same, `"${display(a)}" and "${display(b)}" have different device or inode numbers`);
});

Then('{path} and {path} are different files', async function (this: UnionWorld, a: Bytes, b: Bytes) {
  const same = await identical(this, a, b);
  expect(!same, `"${display(a)}" and "${display(b)}" have the same device and inode number`);
});

async function identical(world: UnionWorld, a: Bytes, b: Bytes): Promise<boolean> {
  const [one, other] = [await statOf(world, a), await statOf(world, b)];
  return one.ino === other.ino && one.dev === other.dev;
}

Then('file {file} reads {text}', async function (this: UnionWorld, file: string, content: Bytes) {
  this.insistOnSuccess();
  const length = content.length + 64;
  const { data } = (await this.need({ call: 'read', file, offset: 0, length })) as { data: Bytes };
  expect(data === content, `file ${file} reads "${showContent(data)}", not "${showContent(content)}"`);
});

Then('file {file} lists {names}', async function (this: UnionWorld, file: string, names: Bytes[]) {
  this.insistOnSuccess();
  const found = (await this.need({ call: 'list-open', file })) as readonly DirectoryEntry[];
  compareNames(`file ${file}`, found, names);
});

Then(
  '{path} is stored in the {branch} branch as {cell}',
  async function (this: UnionWorld, path: Bytes, branch: string, cell: string) {
    this.insistOnSuccess();
    const { entry } = await this.ask({ do: 'look', branch, path }, 'entry');
    const planted = plantedOf(cell);
    const wanted = showEntry(planted === undefined ? undefined : entryOf(path, planted));
    const seen = showEntry(entry === null ? undefined : { ...entry, ...entry.stat });
    expect(wanted === seen, `"${display(path)}" is stored as ${seen}, not as ${wanted}`);
  },
);

Then('the mapping of {file} reads {text}', async function (this: UnionWorld, file: string, content: Bytes) {
  this.insistOnSuccess();
  const { data } = (await this.need({ call: 'read-map', file })) as { data: Bytes };
  expect(
    data === content,
    `the mapping of ${file} reads "${showContent(data)}", not "${showContent(content)}"`,
  );
});

Then(
  'the union offers names of {int} bytes and has free space',
  async function (this: UnionWorld, length: number) {
    this.insistOnSuccess();
    const stat = (await this.need({ call: 'statfs', path: '' as Bytes })) as FileSystemStat;
    expect(stat.nameMax === length, `names may have ${stat.nameMax} bytes, not ${length}`);
    expect(stat.blocksFree > 0, 'there is no free space');
  },
);
