import { type DataTable, Given, When } from '@cucumber/cucumber';
import type { Where } from '../src/agent/container-protocol.js';
import { containerOf } from './container-parts.js';
import { shell } from './container-view.js';
import type { Tense } from './parameter-types.js';
import type { UnionWorld } from './world.js';

Given('container {name} was started', async function (this: UnionWorld, name: string) {
  await this.containers.start(name, {});
});

Given(
  'container {name} was started with:',
  async function (this: UnionWorld, name: string, table: DataTable) {
    const { parts, script } = containerOf(table.raw());
    await this.containers.start(name, parts, script === undefined ? undefined : shell(script));
  },
);

Given('a disk of {int} bytes was made', async function (this: UnionWorld, size: number) {
  await this.containers.makeDisk(size);
});

Given('process {name} was started {where}', async function (this: UnionWorld, name: string, where: Where) {
  await this.containers.keepIdle(name, where);
});

Given(
  '{script} was started {where} as process {name}',
  async function (this: UnionWorld, script: string, where: Where, name: string) {
    await this.containers.keep(name, where, script);
  },
);

Given('{process} printed {text}', async function (this: UnionWorld, process: string, text: string) {
  await this.containers.awaitOutput(process, text);
});

When(
  '{script} {tense} run {where}',
  async function (this: UnionWorld, script: string, tense: Tense, where: Where) {
    await this.containers.run(tense, where, script);
  },
);

When('container {name} runs {script}', async function (this: UnionWorld, name: string, script: string) {
  await this.containers.runFirst(name, {}, shell(script));
});

When(
  'container {name} runs {script} with:',
  async function (this: UnionWorld, name: string, script: string, table: DataTable) {
    await this.containers.runFirst(name, containerOf(table.raw()).parts, shell(script));
  },
);

When(
  'container {name} runs program {script}',
  async function (this: UnionWorld, name: string, command: string) {
    await this.containers.runFirst(name, {}, command.split(' '));
  },
);

When(
  '{process} is sent {signal}',
  async function (this: UnionWorld, process: string, signal: NodeJS.Signals) {
    await this.containers.signal(process, signal);
  },
);
