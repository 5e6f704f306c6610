import { entriesOf, type Layer, layerOf } from '../archive/layer.js';
import type { Bytes } from '../bytes.js';
import { dotWh } from '../formats/dot-wh.js';
import type { Format } from '../formats/format.js';
import type { ContainerLimits, ImageStore } from '../images.js';
import { openDirectory } from '../system/directory.js';
import { plant } from './branches.js';
import type { ImageAct, ImageAnswer, ImageRequest, LayerSpec } from './image-requests.js';
import { answerTo } from './image-views.js';
import { NamedImages } from './named-images.js';

const unlimited: ContainerLimits = { limits: [], meminfo: 'of the kernel' };

const epoch = { seconds: 0, nanoseconds: 0 };

/** What becomes of the images and containers of one scenario. */
export class ScenarioImages {
  readonly #images: NamedImages;
  readonly #store: ImageStore;
  readonly #format: Format;
  readonly #findGroup: (name: string, path: string) => void;

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
    this.#images = new NamedImages(store, directory);
    this.#store = store;
    this.#format = format;
    this.#findGroup = findGroup;
  }

  answer(request: ImageRequest): ImageAnswer {
    if ('ask' in request) return answerTo(request, this.#images, this.#format);
    if (request.act === 'run') return this.#images.container(request.container).run(request.command);
    this.#perform(request);
    return { done: true };
  }

  #perform(act: Exclude<ImageAct, { act: 'run' }>): void {
    const images = this.#images;
    switch (act.act) {
      case 'load': {
        const own = act.layers.map((spec) => this.#layerOf(spec)).reverse();
        images.load(act.image, [...images.image(act.on).layers, ...own]);
        break;
      }
      case 'build':
        images.name(act.image, this.#store.build(images.image(act.from).id, act.instructions));
        break;
      case 'start': {
        const store = act.there ? this.#store.another() : this.#store;
        images.start(act.container, act.image, store, act.limits ?? unlimited);
        break;
      }
      case 'control-group':
        this.#findGroup(act.group, images.container(act.container).controlGroup);
        break;
      case 'restart':
        images.container(act.container).restart();
        break;
      case 'stop':
        images.container(act.container).stop();
        break;
      case 'remove':
        images.container(act.container).remove();
        break;
      case 'commit':
        images.name(act.image, this.#store.commit(images.container(act.container)));
        break;
      case 'flatten': {
        const container = images.container(act.container);
        images.name(act.image, this.#store.flatten(container, images.place()));
        break;
      }
      case 'take-away':
        this.#store.copyTo(this.#store.another(), images.image(act.image).id, images.place());
        break;
      case 'remove-image':
        this.#store.removeImage(images.image(act.image).id);
        break;
      case 'push':
        images.registry.push(this.#store, { name: act.image, id: images.image(act.image).id }, act.as);
        break;
      case 'pull': {
        const store = act.there ? this.#store.another() : this.#store;
        const id = images.registry.pull(store, act.from, act.by);
        if (!act.there) images.name(act.image, id);
      }
    }
  }

  /** Without times of its own a layer has the same digest whenever it is made. */
  #layerOf({ entries }: LayerSpec): Layer {
    const files = openDirectory(this.#images.place());
    for (const [path, planted] of entries) plant(files, dotWh, path, planted);
    const own = entriesOf(files, '' as Bytes).slice(1);
    return layerOf(own.map(({ atime, ...entry }) => ({ ...entry, mtime: epoch })));
  }

  end(): void {
    try {
      this.#store.clear();
    } finally {
      this.#images.end();
    }
  }
}
