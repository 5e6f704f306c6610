import { baseLayer } from '../archive/base-layer.js';
import type { Layer } from '../archive/layer.js';
import type { Bytes } from '../bytes.js';
import type { ContainerLimits, ImageContainer, ImageStore } from '../images.js';
import { openDirectory } from '../system/directory.js';
import { ScenarioRegistry } from './scenario-registry.js';

/** What a scenario calls the image that has a program in it, and nothing else. */
const BASE = 'base';

export interface NamedImage {
  readonly id: string;
  /** Those of its layers that were made here; lowest first. */
  readonly layers: readonly Layer[];
}

export interface NamedContainer {
  readonly container: ImageContainer;
  readonly image: string;
  /** What the scenario calls the image. */
  readonly imageName: string;
}

/** The images and containers of one scenario, by the names that it gives them. */
export class NamedImages {
  readonly store: ImageStore;
  readonly #directory: Bytes;
  readonly #images = new Map<string, NamedImage>();
  readonly #containers = new Map<string, NamedContainer>();
  #registry: ScenarioRegistry | undefined;
  #places = 0;

  /** @param directory empty, and its own; absolute. */
  constructor(store: ImageStore, directory: Bytes) {
    this.store = store;
    this.#directory = directory;
  }

  /** Image base is there as soon as somebody asks for it. */
  image(name: string): NamedImage {
    const known = this.#images.get(name);
    if (known !== undefined) return known;
    const layer = name === BASE ? baseLayer() : undefined;
    if (layer === undefined) throw new Error(`there is no image ${name}`);
    return this.load(BASE, [layer]);
  }

  load(name: string, layers: readonly Layer[]): NamedImage {
    const loaded = { id: this.store.load(layers), layers };
    this.#images.set(name, loaded);
    return loaded;
  }

  /** Names an image that the store has made, or has again. */
  name(name: string, id: string): void {
    this.#images.set(name, { id, layers: this.#images.get(name)?.layers ?? [] });
  }

  /** One of the scenario's own, from the first push on. */
  get registry(): ScenarioRegistry {
    this.#registry ??= new ScenarioRegistry(() => this.place());
    return this.#registry;
  }

  start(name: string, imageName: string, store: ImageStore, limits: ContainerLimits): void {
    const { id: image } = this.image(imageName);
    this.#containers.set(name, { container: store.start(image, limits), image, imageName });
  }

  named(name: string): NamedContainer {
    const known = this.#containers.get(name);
    if (known === undefined) throw new Error(`there is no container ${name}`);
    return known;
  }

  container(name: string): ImageContainer {
    return this.named(name).container;
  }

  /** A fresh directory. */
  place(): Bytes {
    this.#places += 1;
    const path = `${this.#directory}/${this.#places}` as Bytes;
    openDirectory(path).makeDirectory('' as Bytes, 0o755);
    return path;
  }

  end(): void {
    this.#registry?.end();
  }
}
