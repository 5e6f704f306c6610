import { baseLayer } from '../archive/base-layer.js';
import { entriesOf, type Layer, layerOf } from '../archive/layer.js';
import { type Bytes, fromBuffer } from '../bytes.js';
import type { Files } from '../files.js';
import { dotWh } from '../formats/dot-wh.js';
import type { Format } from '../formats/format.js';
import type { ContainerLimits, ImageContainer, ImageStore } from '../images.js';
import { openDirectory } from '../system/directory.js';
import type { Tree } from '../tree/tree.js';
import { plant } from './branches.js';
import type { ImageAnswer, ImageRequest, LayerPlace, LayerSpec, SeenLayer } from './image-requests.js';
import { wholeTree } from './union-branches.js';

const unlimited: ContainerLimits = { limits: [], meminfo: 'of the kernel' };

const epoch = { seconds: 0, nanoseconds: 0 };

/** What a scenario calls the image that has a program in it, and nothing else. */
const BASE = 'base';

interface KnownImage {
  readonly id: string;
  /** Those of its layers that were made here; lowest first. */
  readonly layers: readonly Layer[];
}

interface KnownContainer {
  readonly container: ImageContainer;
  readonly image: string;
  /** What the scenario calls the image. */
  readonly imageName: string;
}

/** The images and containers of one scenario, by the names that it gives them. */
export class ScenarioImages {
  readonly #store: ImageStore;
  readonly #format: Format;
  readonly #directory: Bytes;
  readonly #findGroup: (name: string, path: string) => void;
  readonly #images = new Map<string, KnownImage>();
  readonly #containers = new Map<string, KnownContainer>();
  #places = 0;

  /**
   * @param directory empty, and its own; absolute.
   * @param findGroup makes a control group known, by its path below the run's.
   */
  constructor(
    store: ImageStore,
    format: Format,
    directory: Bytes,
    findGroup: (name: string, path: string) => void,
  ) {
    this.#findGroup = findGroup;
    this.#store = store;
    this.#format = format;
    this.#directory = directory;
  }

  answer(request: ImageRequest): ImageAnswer {
    switch (request.ask) {
      case 'load':
        return this.#load(request.image, request.on, request.layers);
      case 'build':
        return this.#make(
          request.image,
          this.#store.build(this.#image(request.from).id, request.instructions),
        );
      case 'describe': {
        const { id, layers } = this.#image(request.image);
        const store = request.there ? this.#store.another() : this.#store;
        return { id, ...store.describe(id), loaded: layers.map(({ diffId }) => diffId) };
      }
      case 'archived': {
        const { id } = this.#image(request.image);
        return this.#trees(this.#store.exportLayers(id, this.#place()), (tree) => tree);
      }
      case 'stored': {
        const { id } = this.#image(request.image);
        return this.#trees(this.#store.layerDirectories(id), (tree) => this.#format.interpret(tree));
      }
      case 'noted': {
        const layers = this.#store.layerDirectories(this.#image(request.image).id);
        const placeOf = placesOf(layers);
        return { notes: layers.map((layer) => this.#store.notedBelow(layer).map(placeOf)) };
      }
      case 'noted-below': {
        const { container, image, imageName } = this.#known(request.container);
        const placeOf = placesOf(this.#store.layerDirectories(image), container);
        return { places: this.#store.notedBelow(container.layer).map(placeOf), image: imageName };
      }
      case 'branches': {
        const { container, image, imageName } = this.#known(request.container);
        const placeOf = placesOf(this.#store.layerDirectories(image), container);
        const branches = container.branches().map(({ path, mode }) => ({ place: placeOf(path), mode }));
        return { branches, image: imageName };
      }
      case 'disk-usage':
        return { bytes: this.#store.diskUsage() };
      case 'start': {
        const { id } = this.#image(request.image);
        const store = request.there ? this.#store.another() : this.#store;
        const container = store.start(id, request.limits ?? unlimited);
        this.#containers.set(request.container, { container, image: id, imageName: request.image });
        return { done: true };
      }
      case 'control-group':
        this.#findGroup(request.group, this.#container(request.container).controlGroup);
        return { done: true };
      case 'run':
        return this.#container(request.container).run(request.command);
      case 'list': {
        const { mountPoint, initLayer } = this.#container(request.container);
        if (request.of === 'init') return { paths: [...this.#format.interpret(treeAt(initLayer)).keys()] };
        const listed = openDirectory(mountPoint).list('' as Bytes);
        return { paths: listed.map(({ name }) => name) };
      }
      case 'layer': {
        const { layer } = this.#container(request.container);
        return this.#trees([layer], (tree) => (request.raw ? tree : this.#format.interpret(tree)));
      }
      case 'read':
        return { content: contentOf(this.#container(request.container).root, request.path) };
      case 'changes':
        return { changes: this.#container(request.container).changes() };
      case 'metadata': {
        const { container, image } = this.#known(request.container);
        return { metadata: Object.fromEntries(container.metadata), container: container.id, image };
      }
      case 'restart':
        this.#container(request.container).restart();
        return { done: true };
      case 'remove':
        this.#container(request.container).remove();
        return { done: true };
      case 'commit':
        return this.#make(request.image, this.#store.commit(this.#container(request.container)));
      case 'flatten': {
        const container = this.#container(request.container);
        return this.#make(request.image, this.#store.flatten(container, this.#place()));
      }
      case 'take-away':
        this.#store.copyTo(this.#store.another(), this.#image(request.image).id, this.#place());
        return { done: true };
    }
  }

  #load(image: string, on: string, specs: readonly LayerSpec[]): ImageAnswer {
    const layers = [...this.#image(on).layers, ...specs.map((spec) => this.#layerOf(spec)).reverse()];
    this.#images.set(image, { id: this.#store.load(layers), layers });
    return { done: true };
  }

  /** Without times of its own a layer has the same digest whenever it is made. */
  #layerOf({ entries }: LayerSpec): Layer {
    const files = openDirectory(this.#place());
    for (const [path, planted] of entries) plant(files, dotWh, path, planted);
    const own = entriesOf(files, '' as Bytes).slice(1);
    return layerOf(own.map(({ atime, ...entry }) => ({ ...entry, mtime: epoch })));
  }

  #make(image: string, id: string): ImageAnswer {
    this.#images.set(image, { id, layers: [] });
    return { done: true };
  }

  #image(name: string): KnownImage {
    const known = this.#images.get(name);
    if (known !== undefined) return known;
    const layer = name === BASE ? baseLayer() : undefined;
    if (layer === undefined) throw new Error(`there is no image ${name}`);
    const base = { id: this.#store.load([layer]), layers: [layer] };
    this.#images.set(BASE, base);
    return base;
  }

  #known(name: string): KnownContainer {
    const known = this.#containers.get(name);
    if (known === undefined) throw new Error(`there is no container ${name}`);
    return known;
  }

  #container(name: string): ImageContainer {
    return this.#known(name).container;
  }

  #trees(directories: readonly Bytes[], explain: (tree: Tree) => Tree): ImageAnswer {
    const trees = directories.map(
      (directory): SeenLayer => ({ directory, tree: [...explain(treeAt(directory)).values()] }),
    );
    return { trees };
  }

  /** A fresh directory. */
  #place(): Bytes {
    this.#places += 1;
    const path = `${this.#directory}/${this.#places}` as Bytes;
    openDirectory(path).makeDirectory('' as Bytes, 0o755);
    return path;
  }

  end(): void {
    this.#store.clear();
  }
}

/** @param layers the directories of an image's layers, lowest first. */
function placesOf(layers: readonly Bytes[], container?: ImageContainer): (directory: Bytes) => LayerPlace {
  const places = new Map<Bytes, LayerPlace>(layers.map((layer, index) => [layer, index]));
  if (container !== undefined) places.set(container.layer, 'own').set(container.initLayer, 'init');
  return (directory) => places.get(directory) ?? 'unknown';
}

function treeAt(directory: Bytes): Tree {
  return wholeTree(openDirectory(directory));
}

function contentOf(files: Files, path: Bytes): Bytes | null {
  const found = files.lookup(path);
  if (found === undefined) return null;
  const file = files.open(path, ['O_RDONLY']);
  try {
    return fromBuffer(file.read(0, found.size));
  } finally {
    file.close();
  }
}
