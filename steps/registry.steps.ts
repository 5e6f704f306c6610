/** Images on their way to a registry, and back. */
import { type DataTable, Given, Then } from '@cucumber/cucumber';
import type { Bytes } from '../src/bytes.js';
import { expectSame } from './expect.js';
import { compareLayers } from './layer-observations.steps.js';
import type { Tense } from './parameter-types.js';
import type { UnionWorld } from './world.js';

Given(
  'image {word} {tense} pushed to the registry',
  async function (this: UnionWorld, image: string, _: Tense) {
    await this.images({ act: 'push', image, as: image }, 'done');
  },
);

Given(
  'image {word} {tense} pushed to the registry as image {word}',
  async function (this: UnionWorld, image: string, _: Tense, as: string) {
    await this.images({ act: 'push', image, as }, 'done');
  },
);

Given(
  'image {word} {tense} pulled from the registry',
  async function (this: UnionWorld, image: string, _: Tense) {
    await this.images({ act: 'pull', image, from: image, by: 'name', there: false }, 'done');
  },
);

Given(
  'image {word} {tense} pulled from the registry by the digest of image {word}',
  async function (this: UnionWorld, image: string, _: Tense, from: string) {
    await this.images({ act: 'pull', image, from, by: 'digest', there: false }, 'done');
  },
);

Given(
  'image {word} {tense} pulled from the registry in the other engine',
  async function (this: UnionWorld, image: string, _: Tense) {
    await this.images({ act: 'pull', image, from: image, by: 'name', there: true }, 'done');
  },
);

Given('image {word} {tense} removed', async function (this: UnionWorld, image: string, _: Tense) {
  await this.images({ act: 'remove-image', image }, 'done');
});

Then(
  'the registry keeps the layers of image {word} as:',
  async function (this: UnionWorld, image: string, table: DataTable) {
    this.insistOnSuccess();
    const { trees } = await this.images({ ask: 'in-registry', image }, 'trees');
    compareLayers(this, 'archive', trees, table);
  },
);

/** By the push or pull before it. */
Then(
  'only the layer(s) {names} of image {word} was/were sent/fetched',
  async function (this: UnionWorld, names: Bytes[], image: string) {
    this.insistOnSuccess();
    const { moved } = await this.images({ ask: 'moved', image }, 'moved');
    const known = this.layerNames(image);
    expectSame(
      `the layers of image ${image} that went over the network`,
      moved.map((index) => known[index] ?? `(layer ${index})`),
      names,
    );
  },
);
