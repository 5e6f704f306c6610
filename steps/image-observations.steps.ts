import { type DataTable, Then } from '@cucumber/cucumber';
import type { ImageAnswer, LayerPlace, SeenLayer } from '../src/agent/image-requests.js';
import { type Bytes, display, nameOf } from '../src/bytes.js';
import { ExpectationFailed, HarnessError } from '../src/runner/stage.js';
import { showContent, showEntry } from '../src/tree/show-entry.js';
import { type Tree, treeOf } from '../src/tree/tree.js';
import { comparable, entryOf, expectedColumns, plantedOf } from './state-table.js';
import type { UnionWorld } from './world.js';

type Described = Extract<ImageAnswer, { history: unknown }>;

async function describe(world: UnionWorld, image: string, there = false): Promise<Described> {
  world.insistOnSuccess();
  return world.images({ ask: 'describe', image, there }, 'history');
}

function expect(holds: boolean, message: string): void {
  if (!holds) throw new ExpectationFailed(message);
}

function expectSame(what: string, seen: readonly string[], wanted: readonly string[]): void {
  const show = (list: readonly string[]) => list.join(', ') || 'nothing';
  expect(seen.join('\n') === wanted.join('\n'), `${what}: ${show(seen)}, not ${show(wanted)}`);
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
    const { history } = await describe(this, image);
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
function compareLayers(
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

Then('the layer of container {word} is empty', async function (this: UnionWorld, container: string) {
  this.insistOnSuccess();
  const { trees } = await this.images({ ask: 'layer', container, raw: false }, 'trees');
  const paths = (trees[0]?.tree ?? []).map(({ path }) => display(path)).filter((path) => path !== '');
  expectSame(`the layer of container ${container}`, paths, []);
});

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

Then(
  'the changes of container {word} are {names}',
  async function (this: UnionWorld, container: string, names: Bytes[]) {
    this.insistOnSuccess();
    const { changes } = await this.images({ ask: 'changes', container }, 'changes');
    const seen = changes.map(({ kind, path }) => `${kind} ${display(path)}`);
    expectSame(`the changes of container ${container}`, seen.sort(), names.map(display).sort());
  },
);

Then(
  '{path} in container {word} reads {text}',
  async function (this: UnionWorld, path: Bytes, container: string, text: Bytes) {
    const content = await readIn(this, container, path);
    const what = `"${display(path)}" in container ${container}`;
    if (content === null) throw new ExpectationFailed(`${what} does not exist`, { errno: 'ENOENT' });
    expect(content === text, `${what} reads "${showContent(content)}", not "${showContent(text)}"`);
  },
);

Then(
  '{path} does not exist in container {word}',
  async function (this: UnionWorld, path: Bytes, container: string) {
    const content = await readIn(this, container, path);
    expect(content === null, `"${display(path)}" exists in container ${container}`);
  },
);

async function readIn(world: UnionWorld, container: string, path: Bytes): Promise<Bytes | null> {
  world.insistOnSuccess();
  return (await world.images({ ask: 'read', container, path }, 'content')).content;
}

Then(
  'the engine adds {names} to container {word}',
  async function (this: UnionWorld, names: Bytes[], container: string) {
    this.insistOnSuccess();
    const { paths } = await this.images({ ask: 'list', container, of: 'init' }, 'paths');
    const seen = paths.filter((path) => path !== '').map(display);
    expectSame(
      `the layer that the engine adds to container ${container}`,
      seen.sort(),
      names.map(display).sort(),
    );
  },
);

Then(
  'the mount point of container {word} lists {names}',
  async function (this: UnionWorld, container: string, names: Bytes[]) {
    this.insistOnSuccess();
    const { paths } = await this.images({ ask: 'list', container, of: 'mount-point' }, 'paths');
    expectSame(
      `the mount point of container ${container}`,
      paths.map(display).sort(),
      names.map(display).sort(),
    );
  },
);

Then(
  'the engine keeps {names} of container {word}',
  async function (this: UnionWorld, names: Bytes[], container: string) {
    this.insistOnSuccess();
    const { metadata } = await this.images({ ask: 'metadata', container }, 'metadata');
    for (const name of names) expect(nameOf(name) in metadata, `the engine keeps no ${display(name)}`);
  },
);

Then('the engine notes which image container {word} is of', async function (this: UnionWorld, name: string) {
  this.insistOnSuccess();
  const { metadata, container, image } = await this.images({ ask: 'metadata', container: name }, 'metadata');
  const notes = Object.values(metadata).some((text) => text.includes(container) && text.includes(image));
  expect(notes, `no file that the engine keeps of container ${name} names it and its image`);
});

Then('both engines have image {word} with the same layers', async function (this: UnionWorld, image: string) {
  const [here, there] = [await describe(this, image), await describe(this, image, true)];
  expectSame(`the layers of image ${image} in the other engine`, there.layers, here.layers);
});

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

Then(
  '{text} prints {text} in container {word} of its image',
  async function (this: UnionWorld, command: Bytes, text: Bytes, container: string) {
    this.insistOnSuccess();
    const { status, output } = await this.images({ ask: 'run', container, command }, 'status');
    expect(status === 0, `${command} ends with ${status}: ${output}`);
    expect(
      output === text,
      `${command} prints "${showContent(output as Bytes)}", not "${showContent(text)}"`,
    );
  },
);
