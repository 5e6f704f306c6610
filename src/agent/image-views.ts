/** What can be seen of images and containers without changing them. */
import { type Bytes, fromBuffer } from '../bytes.js';
import type { Files } from '../files.js';
import type { Format } from '../formats/format.js';
import type { ImageContainer } from '../images.js';
import { openDirectory } from '../system/directory.js';
import type { Tree } from '../tree/tree.js';
import type { ImageAnswer, ImageQuestion, LayerPlace, SeenLayer } from './image-requests.js';
import type { NamedImages } from './named-images.js';
import { wholeTree } from './union-branches.js';

export function answerTo(question: ImageQuestion, images: NamedImages, format: Format): ImageAnswer {
  const { store } = images;
  const explained = (tree: Tree) => format.interpret(tree);
  switch (question.ask) {
    case 'describe': {
      const { id, layers } = images.image(question.image);
      const description = (question.there ? store.another() : store).describe(id);
      return { id, ...description, loaded: layers.map(({ diffId }) => diffId) };
    }
    case 'history':
      return { history: store.history(images.image(question.image).id) };
    case 'archived':
      return treesAt(store.exportLayers(images.image(question.image).id, images.place()), (tree) => tree);
    case 'in-registry':
      return treesAt(images.registry.layersOf(question.image), (tree) => tree);
    case 'moved':
      return { moved: images.registry.moved(question.image) };
    case 'stored':
      return treesAt(store.layerDirectories(images.image(question.image).id), explained);
    case 'noted': {
      const layers = store.layerDirectories(images.image(question.image).id);
      const placeOf = placesOf(layers);
      return { notes: layers.map((layer) => store.notedBelow(layer).map(placeOf)) };
    }
    case 'noted-below': {
      const { container, image, imageName } = images.named(question.container);
      const placeOf = placesOf(store.layerDirectories(image), container);
      return { places: store.notedBelow(container.layer).map(placeOf), image: imageName };
    }
    case 'branches': {
      const { container, image, imageName } = images.named(question.container);
      const placeOf = placesOf(store.layerDirectories(image), container);
      const branches = container.branches().map(({ path, mode }) => ({ place: placeOf(path), mode }));
      return { branches, image: imageName };
    }
    case 'disk-usage':
      return { bytes: store.diskUsage() };
    case 'mount-point': {
      const place = openDirectory(images.container(question.container).mountPoint);
      if (place.lookup('' as Bytes) === undefined) return { paths: [] };
      return { paths: place.list('' as Bytes).map(({ name }) => name) };
    }
    case 'init': {
      const { initLayer } = images.container(question.container);
      return treesAt(initLayer === undefined ? [] : [initLayer], explained);
    }
    case 'layer': {
      const { layer } = images.container(question.container);
      return treesAt([layer], question.raw ? (tree) => tree : explained);
    }
    case 'read':
      return { content: contentOf(images.container(question.container).root, question.path) };
    case 'changes':
      return { changes: images.container(question.container).changes() };
    case 'metadata': {
      const { container, image } = images.named(question.container);
      return { metadata: Object.fromEntries(container.metadata), container: container.id, image };
    }
  }
}

/** @param layers the directories of an image's layers, lowest first. */
function placesOf(layers: readonly Bytes[], container?: ImageContainer): (directory: Bytes) => LayerPlace {
  const places = new Map<Bytes, LayerPlace>(layers.map((layer, index) => [layer, index]));
  if (container !== undefined) places.set(container.layer, 'own');
  if (container?.initLayer !== undefined) places.set(container.initLayer, 'init');
  return (directory) => places.get(directory) ?? 'unknown';
}

function treesAt(directories: readonly Bytes[], explain: (tree: Tree) => Tree): ImageAnswer {
  const trees = directories.map(
    (directory): SeenLayer => ({ directory, tree: [...explain(treeAt(directory)).values()] }),
  );
  return { trees };
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
