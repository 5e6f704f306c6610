import { type DataTable, Given, When } from '@cucumber/cucumber';
import type { Bytes } from '../src/bytes.js';
import type { Version } from '../src/control-groups/control-group.js';
import { limitsOf } from './control-group-limits.js';
import type { Tense } from './parameter-types.js';
import type { UnionWorld } from './world.js';

Given('control group {name} was made', async function (this: UnionWorld, group: string) {
  await this.controlGroups.make(group, []);
});

Given(
  'control group {name} was made with:',
  async function (this: UnionWorld, group: string, table: DataTable) {
    await this.controlGroups.make(group, limitsOf(table.raw(), this.containers.disk));
  },
);

When(
  'control group {name} {tense} given:',
  async function (this: UnionWorld, group: string, tense: Tense, table: DataTable) {
    await this.controlGroups.limit(tense, group, limitsOf(table.raw(), this.containers.disk));
  },
);

When(
  '{process} {tense} moved to control group {name}',
  async function (this: UnionWorld, process: string, tense: Tense, group: string) {
    await this.controlGroups.operate(tense, { act: 'admit', group, process });
  },
);

When(
  'control group {name} {tense} frozen by {version}',
  async function (this: UnionWorld, group: string, tense: Tense, version: Version) {
    await this.controlGroups.operate(tense, { act: 'freeze', group, version });
  },
);

When(
  'control group {name} {tense} thawed by {version}',
  async function (this: UnionWorld, group: string, tense: Tense, version: Version) {
    await this.controlGroups.operate(tense, { act: 'thaw', group, version });
  },
);

When(
  'every process of control group {name} {tense} killed',
  async function (this: UnionWorld, group: string, tense: Tense) {
    await this.controlGroups.operate(tense, { act: 'kill', group });
  },
);

When('control group {name} {tense} removed', async function (this: UnionWorld, group: string, tense: Tense) {
  await this.controlGroups.operate(tense, { act: 'remove', group });
});

When(
  '{text} {tense} written to {script} of control group {name}',
  async function (this: UnionWorld, text: Bytes, tense: Tense, file: string, group: string) {
    await this.controlGroups.operate(tense, { act: 'write', group, file, text });
  },
);

When(
  'control group(s) {groups} is/are measured for {int} s',
  async function (this: UnionWorld, groups: string[], seconds: number) {
    await this.controlGroups.measure(groups, seconds);
  },
);
