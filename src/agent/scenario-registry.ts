import { blobOf, manifestOf } from '../archive/registry-storage.js';
import { unpack } from '../archive/unpack.js';
import { type Bytes, bytes } from '../bytes.js';
import type { ImageStore } from '../images.js';
import { ImageRegistry, type RegistryRequest } from '../system/image-registry.js';

/** All images of a scenario are in one repository: a layer is then sent to it, and not mounted from another. */
const REPOSITORY = 'images';

/**
 * The registry of one scenario, with a tag for each name of an image. It keeps everything in files: each store has it
 * served in its own network.
 */
export class ScenarioRegistry {
  readonly #storage: Bytes;
  readonly #makePlace: () => Bytes;
  /** Of the manifest of each image that was pushed, by its own name. */
  readonly #digests = new Map<string, string>();
  readonly #servers = new Map<ImageStore, ImageRegistry>();
  /** What was asked of it by the last push or pull. */
  #asked: () => readonly RegistryRequest[] = () => [];

  constructor(makePlace: () => Bytes) {
    this.#storage = makePlace();
    this.#makePlace = makePlace;
  }

  /** @param name what the scenario calls the image. */
  push(store: ImageStore, { name, id }: { readonly name: string; readonly id: string }, tag: string): void {
    store.push(id, `${this.#serve(store)}:${tag}`);
    this.#digests.set(name, this.#manifestOf(tag).digest);
  }

  /** @returns the id that the image has in the store. */
  pull(store: ImageStore, name: string, by: 'name' | 'digest'): string {
    const suffix = by === 'name' ? `:${name}` : `@${this.#digests.get(name)}`;
    return store.pull(`${this.#serve(store)}${suffix}`);
  }

  /** The repository as a store finds it. From here on counts what it asks. */
  #serve(store: ImageStore): string {
    const server =
      this.#servers.get(store) ?? ImageRegistry.start(this.#makePlace(), this.#storage, store.network);
    this.#servers.set(store, server);
    const before = server.requests().length;
    this.#asked = () => server.requests().slice(before);
    return `${server.address}/${REPOSITORY}`;
  }

  #manifestOf(tag: string) {
    return manifestOf(this.#storage, REPOSITORY, tag);
  }

  /** Unpacks each layer as it is kept; lowest first. */
  layersOf(tag: string): readonly Bytes[] {
    const place = this.#makePlace();
    return this.#manifestOf(tag).layers.map((digest, index) => {
      unpack(blobOf(this.#storage, digest), `${place}/${index}`);
      return bytes(`${place}/${index}`);
    });
  }

  /** Which layers of an image, 0 for the lowest, the last push has sent, or the last pull has fetched. */
  moved(tag: string): readonly number[] {
    const asked = this.#asked();
    return this.#manifestOf(tag).layers.flatMap((digest, index) =>
      asked.some((request) => moves(request, digest)) ? [index] : [],
    );
  }

  end(): void {
    for (const server of this.#servers.values()) server.end();
  }
}

/** OCI distribution specification: the end of an upload names the digest, a download is of it. */
function moves({ method, uri }: RegistryRequest, digest: string): boolean {
  if (method === 'GET') return uri.endsWith(`/blobs/${digest}`);
  return method === 'PUT' && uri.endsWith(`digest=${encodeURIComponent(digest)}`);
}
