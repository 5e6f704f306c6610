/** What an engine says of its images. */
import { type DataTable, Then } from '@cucumber/cucumber';
import type { ImageAnswer } from '../src/agent/image-requests.js';
import type { Bytes } from '../src/bytes.js';
import { ExpectationFailed } from '../src/runner/stage.js';
import { expect, expectSame } from './expect.js';
import type { UnionWorld } from './world.js';

type Described = Extract<ImageAnswer, { loaded: unknown }>;

async function describe(world: UnionWorld, image: string, there = false): Promise<Described> {
  world.insistOnSuccess();
  return world.images({ ask: 'describe', image, there }, 'loaded');
}

/** Lowest first, as an image lists them. */
Then(
  'image {word} lists the layers {names}',
  async function (this: UnionWorld, image: string, names: Bytes[]) {
    const { layers, loaded } = await describe(this, image);
    const known = this.layerNames(image);
    expectSame(
      `the layers of image ${image}`,
      layers.map((digest) => known[loaded.indexOf(digest)] ?? digest),
      names,
    );
  },
);

Then(
  'image {word} has the layers of image {word} and {int} more',
  async function (this: UnionWorld, image: string, other: string, more: number) {
    const { layers } = await describe(this, image);
    const below = (await describe(this, other)).layers;
    expectSame(`the lowest layers of image ${image}`, layers.slice(0, below.length), below);
    expect(
      layers.length === below.length + more,
      `image ${image} has ${layers.length - below.length} more layers than image ${other}, not ${more}`,
    );
  },
);

Then('image {word} has {int} layer(s)', async function (this: UnionWorld, image: string, count: number) {
  const { layers } = await describe(this, image);
  expect(layers.length === count, `image ${image} has ${layers.length} layers, not ${count}`);
});

Then('images {word} and {word} have one id', async function (this: UnionWorld, image: string, other: string) {
  const [one, two] = [await describe(this, image), await describe(this, other)];
  expect(one.id === two.id, `image ${image} is ${one.id}, image ${other} is ${two.id}`);
});

Then(
  'images {word} and {word} have different ids',
  async function (this: UnionWorld, image: string, other: string) {
    const [one, two] = [await describe(this, image), await describe(this, other)];
    expect(one.id !== two.id, `images ${image} and ${other} are both ${one.id}`);
  },
);

Then(
  'image {word} is {int} bytes larger than image {word}',
  async function (this: UnionWorld, image: string, bytes: number, other: string) {
    const difference = (await describe(this, image)).size - (await describe(this, other)).size;
    expect(
      difference === bytes,
      `image ${image} is ${difference} bytes larger than image ${other}, not ${bytes}`,
    );
  },
);

Then(
  'image {word} is smaller than image {word} by {int} bytes or more',
  async function (this: UnionWorld, image: string, other: string, bytes: number) {
    const difference = (await describe(this, other)).size - (await describe(this, image)).size;
    expect(
      difference >= bytes,
      `image ${image} is ${difference} bytes smaller than image ${other}, not ${bytes}`,
    );
  },
);

Then('it takes less than {int} more bytes on the disk', async function (this: UnionWorld, limit: number) {
  this.insistOnSuccess();
  const more = (await this.images({ ask: 'disk-usage' }, 'bytes')).bytes - this.diskBefore;
  expect(more < limit, `it takes ${more} more bytes on the disk, not less than ${limit}`);
});

Then(
  'the history of image {word} begins with:',
  async function (this: UnionWorld, image: string, table: DataTable) {
    this.insistOnSuccess();
    const { history } = await this.images({ ask: 'history', image }, 'history');
    for (const [index, wanted] of table.hashes().entries()) {
      const step = history[index];
      if (step === undefined) throw new ExpectationFailed(`the history has ${history.length} steps only`);
      const { 'created by': createdBy = '', size, image: known } = wanted;
      const what = `step ${index + 1} from the top`;
      expect(
        step.createdBy.includes(createdBy),
        `${what} was created by ${step.createdBy}, not ${createdBy}`,
      );
      expect(size === undefined || step.size === Number(size), `${what} has ${step.size} bytes, not ${size}`);
      const seen = step.image === undefined ? '<missing>' : '(an id)';
      expect(known === undefined || seen === known, `${what} has the image ${seen}, not ${known}`);
    }
  },
);

Then('both engines have image {word} with the same layers', async function (this: UnionWorld, image: string) {
  const [here, there] = [await describe(this, image), await describe(this, image, true)];
  expectSame(`the layers of image ${image} in the other engine`, there.layers, here.layers);
});
