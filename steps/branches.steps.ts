import { setTimeout } from 'node:timers/promises';
import { type DataTable, Given } from '@cucumber/cucumber';
import type { MountOptions } from '../src/backend.js';
import { type Bytes, display } from '../src/bytes.js';
import type { Stat } from '../src/files.js';
import { HarnessError } from '../src/runner/stage.js';
import { expect } from './expect.js';
import type { Tense } from './parameter-types.js';
import type { WrittenProperty } from './property.js';
import { settable } from './settable.js';
import { branchesOf, plantedOf, saysModes } from './state-table.js';
import type { UnionWorld } from './world.js';

/** Before kernel 6.13 time stamps are as coarse as the timer interrupt: 10 ms at CONFIG_HZ=100. */
const CLOCK_TICK_MS = 10;

Given('a union of these branches:', async function (this: UnionWorld, table: DataTable) {
  this.begin(branchesOf(table.raw()));
  if (!saysModes(table.raw())) await this.ask({ do: 'options', options: { modes: 'unsaid' } }, 'done');
});

Given('user {int} acts', async function (this: UnionWorld, user: number) {
  await this.ask({ do: 'as', identity: { uid: user, gid: user, groups: [] } }, 'done');
});

Given('the umask {tense} {octal}', async function (this: UnionWorld, _: Tense, umask: number) {
  await this.ask({ do: 'umask', umask }, 'done');
});

Given(
  '{path} in the {branch} branch {tense} given {property}',
  async function (this: UnionWorld, path: Bytes, branch: string, _: Tense, property: WrittenProperty) {
    await this.change({ do: 'adjust', branch, path, property: settable(property) });
  },
);

Given(
  '{path} {tense} put into the {branch} branch as {cell}',
  async function (this: UnionWorld, path: Bytes, _: Tense, branch: string, cell: string) {
    const planted = plantedOf(cell);
    if (planted === undefined) throw new HarnessError('an empty cell puts nothing');
    await this.change({ do: 'plant', branch, path, planted });
  },
);

Given(
  '{path} {tense} taken out of the {branch} branch',
  async function (this: UnionWorld, path: Bytes, _: Tense, branch: string) {
    await this.change({ do: 'uproot', branch, path });
  },
);

Given(
  'the union {tense} mounted with {option}',
  async function (this: UnionWorld, _: Tense, options: MountOptions) {
    await this.ask({ do: 'options', options }, 'done');
  },
);

Given('the union {tense} remounted', async function (this: UnionWorld, _: Tense) {
  await this.ask({ do: 'remount' }, 'done');
});

Given('the union {tense} unmounted', async function (this: UnionWorld, _: Tense) {
  await this.ask({ do: 'unmount' }, 'done');
});

Given('{path} {tense} looked at', async function (this: UnionWorld, path: Bytes, _: Tense) {
  this.noted.set(path, (await this.need({ call: 'lookup', path })) as Stat);
  if (this.comparesMoments) await setTimeout(CLOCK_TICK_MS);
});

Given('{path} {tense} not found', async function (this: UnionWorld, path: Bytes, _: Tense) {
  const found = await this.try({ call: 'lookup', path });
  expect(!found.ok && found.errno === 'ENOENT', `"${display(path)}" is found`);
});
