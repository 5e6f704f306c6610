import { readFileSync } from 'node:fs';
import { idleCommand } from '../../archive/base-layer.js';
import { imageArchive } from '../../archive/image.js';
import type { Layer } from '../../archive/layer.js';
import { unpack } from '../../archive/unpack.js';
import { type Bytes, bytes, display } from '../../bytes.js';
import {
  type ContainerLimits,
  type HistoryStep,
  type ImageContainer,
  type ImageDescription,
  ImageError,
  type ImageStore,
} from '../../images.js';
import { runProgram } from '../../system/programs.js';
import { DockerContainer } from './docker-container.js';
import type { Engine } from './engine.js';
import { type StorageDriver, shownBy } from './storage-driver.js';
import { Undo } from './undo.js';

/** The images of a Docker engine, by its command line. */
export class DockerImages implements ImageStore {
  readonly #running: () => Engine;
  readonly #driver: StorageDriver;
  readonly #startAnother: () => Engine;
  readonly #undo = new Undo();
  /** Those of the scenario: an engine of the user has others. */
  readonly #images = new Set<string>();
  readonly #containers = new Set<DockerContainer>();
  #another: DockerImages | undefined;

  /** @param startAnother starts a second engine, when somebody wants to take an image there. */
  constructor(running: () => Engine, driver: StorageDriver, startAnother: () => Engine) {
    this.#running = running;
    this.#driver = driver;
    this.#startAnother = startAnother;
  }

  get #engine(): Engine {
    return this.#running();
  }

  load(layers: readonly Layer[]): string {
    const [name, value] = this.#engine.label;
    const { archive, id } = imageArchive({ layers, command: idleCommand, labels: { [name]: value } });
    this.#engine.client(['image', 'load', '--quiet'], archive);
    return this.#made(id);
  }

  build(from: string, instructions: string): string {
    const dockerfile = `FROM ${from}\n${instructions}\n`;
    const command = ['image', 'build', '--quiet', '--force-rm', '--network=none', '-'];
    return this.#made(this.#engine.client(command, Buffer.from(dockerfile)));
  }

  #made(image: string): string {
    this.#images.add(image);
    this.#undo.push(() => this.#engine.client(['image', 'rm', '--force', image]));
    return image;
  }

  describe(image: string): ImageDescription {
    const [found] = JSON.parse(this.#engine.client(['image', 'inspect', image])) as readonly InspectedImage[];
    if (found === undefined) throw new ImageError(`docker image inspect ${image} says nothing`);
    return { layers: found.RootFS.Layers, size: found.Size };
  }

  history(image: string): readonly HistoryStep[] {
    const format = '{{json .}}';
    const lines = this.#engine.client([
      ...['image', 'history', '--no-trunc', '--human=false', '--format', format],
      image,
    ]);
    return lines.split('\n').map((line) => {
      const { ID, CreatedBy, Size } = JSON.parse(line) as Record<'ID' | 'CreatedBy' | 'Size', string>;
      return { image: ID === '<missing>' ? undefined : ID, createdBy: CreatedBy, size: Number(Size) };
    });
  }

  layerDirectories(image: string): readonly Bytes[] {
    return this.#engine.layers.directoriesOf(this.describe(image).layers);
  }

  notedBelow(layer: Bytes): readonly Bytes[] {
    return shownBy(this.#driver).below(layer);
  }

  exportLayers(image: string, directory: Bytes): readonly Bytes[] {
    const archive = `${directory}/image.tar`;
    this.#engine.client(['image', 'save', '--output', archive, image]);
    unpack(archive, `${directory}/image`);
    const manifest = readFileSync(`${directory}/image/manifest.json`, 'utf8');
    const [{ Layers } = { Layers: [] }] = JSON.parse(manifest) as readonly { Layers: readonly string[] }[];
    return Layers.map((layer, index) => {
      unpack(`${directory}/image/${layer}`, `${directory}/${index}`);
      return bytes(`${directory}/${index}`);
    });
  }

  diskUsage(): number {
    const layers = [...this.#images].flatMap((image) => this.layerDirectories(image));
    const own = [...this.#containers].flatMap(({ layer, initLayer }) => [layer, initLayer ?? layer]);
    const directories = [...new Set([...layers, ...own])].map(display);
    if (directories.length === 0) return 0;
    const { stdout } = runProgram(['du', '--total', '--summarize', '--block-size=1', ...directories], '/');
    return Number.parseInt(stdout.trim().split('\n').at(-1) ?? '', 10);
  }

  start(image: string, limits: ContainerLimits): ImageContainer {
    const container = DockerContainer.start(this.#engine, this.#driver, image, limits);
    this.#containers.add(container);
    this.#undo.push(() => container.remove());
    return container;
  }

  commit(container: ImageContainer): string {
    return this.#made(this.#engine.client(['container', 'commit', (container as DockerContainer).id]));
  }

  flatten(container: ImageContainer, directory: Bytes): string {
    const archive = `${directory}/container.tar`;
    this.#engine.client(['container', 'export', '--output', archive, (container as DockerContainer).id]);
    return this.#made(
      this.#engine.client(['image', 'import', '--change', `LABEL ${this.#engine.label.join('=')}`, archive]),
    );
  }

  copyTo(other: ImageStore, image: string, directory: Bytes): void {
    const archive = `${directory}/image.tar`;
    this.#engine.client(['image', 'save', '--output', archive, image]);
    const there = other as DockerImages;
    there.#engine.client(['image', 'load', '--quiet', '--input', archive]);
    there.#made(image);
  }

  get network(): string {
    return this.#engine.network;
  }

  push(image: string, reference: string): void {
    this.#engine.client(['image', 'tag', image, reference]);
    this.#engine.client(['image', 'push', '--quiet', reference]);
  }

  pull(reference: string): string {
    this.#engine.client(['image', 'pull', '--quiet', reference]);
    return this.#made(this.#engine.client(['image', 'inspect', '--format', '{{.Id}}', reference]));
  }

  removeImage(image: string): void {
    this.#engine.client(['image', 'rm', '--force', image]);
  }

  another(): ImageStore {
    if (this.#another === undefined) {
      const engine = this.#startAnother();
      this.#another = new DockerImages(() => engine, this.#driver, this.#startAnother);
      this.#undo.push(() => {
        this.#another = undefined;
        engine.close();
      });
    }
    return this.#another;
  }

  clear(): void {
    try {
      this.#undo.all();
    } finally {
      this.#images.clear();
      this.#containers.clear();
    }
  }
}

interface InspectedImage {
  readonly RootFS: { readonly Layers: readonly string[] };
  readonly Size: number;
}
