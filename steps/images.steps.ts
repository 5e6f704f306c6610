import { type DataTable, Given } from '@cucumber/cucumber';
import type { ImageAct, LayerSpec } from '../src/agent/image-requests.js';
import { ExpectationFailed } from '../src/runner/stage.js';
import { limitsOf } from './control-group-limits.js';
import type { Tense } from './parameter-types.js';
import { pathOf, plantedOf, type Table } from './state-table.js';
import type { UnionWorld } from './world.js';

/** The layers of a table, highest first: each column is one. */
function layersOf([header = [], ...rows]: Table): LayerSpec[] {
  return header.slice(1).map((name, column) => ({
    name,
    entries: rows.flatMap((row) => {
      const planted = plantedOf(row[column + 1] ?? '');
      return planted === undefined ? [] : [[pathOf(row[0] ?? ''), planted] as const];
    }),
  }));
}

/** Makes an image, and remembers how much was stored before. */
async function makeImage(world: UnionWorld, act: ImageAct): Promise<void> {
  world.diskBefore = (await world.images({ ask: 'disk-usage' }, 'bytes')).bytes;
  await world.images(act, 'done');
}

Given(
  'image {word} of these layers on image {word}:',
  async function (this: UnionWorld, image: string, on: string, table: DataTable) {
    const layers = layersOf(table.raw());
    this.layers.set(image, { on, names: layers.map(({ name }) => name) });
    await makeImage(this, { act: 'load', image, on, layers });
  },
);

Given(
  'image {word} {tense} built from image {word} with:',
  async function (this: UnionWorld, image: string, _: Tense, from: string, instructions: string) {
    await makeImage(this, { act: 'build', image, from, instructions });
  },
);

async function startContainer(world: UnionWorld, container: string, image: string, there: boolean) {
  world.diskBefore = (await world.images({ ask: 'disk-usage' }, 'bytes')).bytes;
  await world.images({ act: 'start', container, image, there }, 'done');
}

Given(
  'container {word} of image {word}',
  async function (this: UnionWorld, container: string, image: string) {
    await startContainer(this, container, image, false);
  },
);

Given(
  'container {word} of image {word} is started',
  async function (this: UnionWorld, container: string, image: string) {
    await startContainer(this, container, image, false);
  },
);

Given(
  'container {word} of image {word} {tense} started with:',
  async function (this: UnionWorld, container: string, image: string, _: Tense, table: DataTable) {
    const rows = table.raw().filter(([name]) => name !== '/proc/meminfo');
    const meminfo = rows.length < table.raw().length ? 'of lxcfs' : 'of the kernel';
    const limits = limitsOf(rows, this.containers.disk);
    this.limits.set(container, limits);
    await this.images({ act: 'start', container, image, there: false, limits: { limits, meminfo } }, 'done');
  },
);

Given(
  'control group {name} of container {word}',
  async function (this: UnionWorld, group: string, container: string) {
    await this.images({ act: 'control-group', container, group }, 'done');
    await this.controlGroups.find(group, this.limits.get(container) ?? []);
  },
);

Given(
  'container {word} of image {word} is started in the other engine',
  async function (this: UnionWorld, container: string, image: string) {
    await startContainer(this, container, image, true);
  },
);

Given(
  '{text} {tense} executed in container {word}',
  async function (this: UnionWorld, command: string, _: Tense, container: string) {
    const { status, output } = await this.images({ act: 'run', container, command }, 'status');
    if (status !== 0) throw new ExpectationFailed(`${command} ends with ${status}: ${output}`);
  },
);

Given('container {word} {tense} restarted', async function (this: UnionWorld, container: string, _: Tense) {
  await this.images({ act: 'restart', container }, 'done');
});

Given('container {word} {tense} stopped', async function (this: UnionWorld, container: string, _: Tense) {
  await this.images({ act: 'stop', container }, 'done');
});

Given('container {word} {tense} removed', async function (this: UnionWorld, container: string, _: Tense) {
  await this.images({ act: 'remove', container }, 'done');
});

Given(
  'container {word} {tense} committed as image {word}',
  async function (this: UnionWorld, container: string, _: Tense, image: string) {
    await makeImage(this, { act: 'commit', container, image });
  },
);

Given(
  'container {word} {tense} exported and imported as image {word}',
  async function (this: UnionWorld, container: string, _: Tense, image: string) {
    await makeImage(this, { act: 'flatten', container, image });
  },
);

Given(
  'image {word} {tense} taken to another engine',
  async function (this: UnionWorld, image: string, _: Tense) {
    await this.images({ act: 'take-away', image }, 'done');
  },
);
