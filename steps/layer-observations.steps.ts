/** Layers in the engine's directories, in archives, and as branches. */
import { type DataTable, Then } from '@cucumber/cucumber';
import type { LayerPlace, SeenLayer } from '../src/agent/image-requests.js';
import { type Bytes, display } from '../src/bytes.js';
import { ExpectationFailed, HarnessError } from '../src/runner/stage.js';
import { showEntry } from '../src/tree/show-entry.js';
import { type Tree, treeOf } from '../src/tree/tree.js';
import { expect, expectSame } from './expect.js';
import { comparable, entryOf, expectedColumns, plantedOf } from './state-table.js';
import type { UnionWorld } from './world.js';

Then(
  'the layers of image {word} are archived as:',
  async function (this: UnionWorld, image: string, table: DataTable) {
    this.insistOnSuccess();
    const { trees } = await this.images({ ask: 'archived', image }, 'trees');
    compareLayers(this, `archive`, trees, table);
  },
);

Then(
  'the layers of image {word} are stored as:',
  async function (this: UnionWorld, image: string, table: DataTable) {
    this.insistOnSuccess();
    const { trees } = await this.images({ ask: 'stored', image }, 'trees');
    compareLayers(this, `directory`, trees, table);
  },
);

/** The columns are the highest layers, highest first. */
export function compareLayers(
  world: UnionWorld,
  what: string,
  layers: readonly SeenLayer[],
  table: DataTable,
): void {
  const columns = expectedColumns(table.raw());
  for (const [index, { name, tree }] of columns.entries()) {
    const layer = layers.at(-1 - index);
    if (layer === undefined) throw new ExpectationFailed(`there are ${layers.length} layers only`);
    world.compare(
      `the ${what} of layer ${name}`,
      tree,
      withRoot(comparable(treeOf(layer.tree), tree)),
      'content',
    );
  }
}

/** An archive need not hold an entry for the root; in a directory there is always one. */
function withRoot(tree: Tree): Tree {
  const root = entryOf('' as Bytes, { kind: 'directory', opaque: false });
  return treeOf([root, ...[...tree.values()].filter(({ path }) => path !== '')]);
}

Then(
  'images {word} and {word} share {int} stored layers',
  async function (this: UnionWorld, image: string, other: string, count: number) {
    this.insistOnSuccess();
    const one = (await this.images({ ask: 'stored', image }, 'trees')).trees.map(
      ({ directory }) => directory,
    );
    const two = (await this.images({ ask: 'stored', image: other }, 'trees')).trees.map(
      ({ directory }) => directory,
    );
    const shared = one.filter((directory) => two.includes(directory));
    expect(shared.length === count, `they share ${shared.length} stored layers, not ${count}`);
  },
);

Then(
  'the layer of container {word} holds:',
  async function (this: UnionWorld, container: string, table: DataTable) {
    this.insistOnSuccess();
    const { trees } = await this.images({ ask: 'layer', container, raw: false }, 'trees');
    compareLayers(this, `directory`, trees, table);
  },
);

/** The column is the layer that it fills itself, below the container's own. */
Then(
  'the engine adds to container {word}:',
  async function (this: UnionWorld, container: string, table: DataTable) {
    this.insistOnSuccess();
    const { trees } = await this.images({ ask: 'init', container }, 'trees');
    expect(trees.length > 0, `the layer that the engine adds to container ${container}: nothing`);
    compareLayers(this, 'directory', trees, table);
  },
);

Then(
  '{path} is stored in the layer of container {word} as {cell}',
  async function (this: UnionWorld, path: Bytes, container: string, cell: string) {
    this.insistOnSuccess();
    const { trees } = await this.images({ ask: 'layer', container, raw: true }, 'trees');
    const found = treeOf(trees[0]?.tree ?? []).get(path);
    const planted = plantedOf(cell);
    if (planted === undefined) throw new HarnessError('an empty cell stores nothing');
    const [wanted, seen] = [showEntry(entryOf(path, planted)), showEntry(found)];
    expect(wanted === seen, `"${display(path)}" is stored as ${seen}, not as ${wanted}`);
  },
);

/** A layer by its column; those of container `a` are `a`, and `a-init` for what the engine adds. */
function layerNamer(world: UnionWorld, image: string, container = ''): (place: LayerPlace) => string {
  const names = world.layerNames(image);
  return (place) => {
    if (place === 'own') return container;
    if (place === 'init') return `${container}-init`;
    return place === 'unknown' ? '(unknown)' : (names[place] ?? `(layer ${place})`);
  };
}

Then(
  'the engine notes {names} below layer {word} of image {word}',
  async function (this: UnionWorld, wanted: Bytes[], layer: string, image: string) {
    this.insistOnSuccess();
    const index = this.layerNames(image).indexOf(layer);
    if (index === -1) throw new HarnessError(`image ${image} has no layer ${layer}`);
    const { notes } = await this.images({ ask: 'noted', image }, 'notes');
    const seen = (notes[index] ?? []).map(layerNamer(this, image));
    expectSame(`noted below layer ${layer}`, seen, wanted);
  },
);

Then(
  'the engine notes {names} below the layer of container {word}',
  async function (this: UnionWorld, wanted: Bytes[], container: string) {
    this.insistOnSuccess();
    const { places, image } = await this.images({ ask: 'noted-below', container }, 'places');
    const seen = places.map(layerNamer(this, image, container));
    expectSame(`noted below the layer of container ${container}`, seen, wanted);
  },
);

Then(
  'the kernel shows the branches {names} of container {word}',
  async function (this: UnionWorld, wanted: Bytes[], container: string) {
    this.insistOnSuccess();
    const { branches, image } = await this.images({ ask: 'branches', container }, 'branches');
    const nameOfPlace = layerNamer(this, image, container);
    const seen = branches.map(({ place, mode }) => `${nameOfPlace(place)}=${mode}`);
    expectSame(`the branches of container ${container}`, seen, wanted);
  },
);
