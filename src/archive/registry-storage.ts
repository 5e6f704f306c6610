/**
 * Where docker-registry(1) keeps what it is given, below a directory: manifests and layers are blobs, files under
 * their own digest; the tags of a repository are links to a manifest.
 */
import { readFileSync } from 'node:fs';
import type { Bytes } from '../bytes.js';

export interface StoredManifest {
  /** `sha256:HEX` of the manifest itself. */
  readonly digest: string;
  /** `sha256:HEX` of each layer as it is sent, compressed; lowest first. */
  readonly layers: readonly string[];
}

/** What a tag of a repository stands for (image manifest, schema 2). */
export function manifestOf(storage: Bytes, repository: string, tag: string): StoredManifest {
  const tags = `${storage}/docker/registry/v2/repositories/${repository}/_manifests/tags`;
  const digest = readFileSync(`${tags}/${tag}/current/link`, 'latin1').trim();
  const manifest = JSON.parse(readFileSync(blobOf(storage, digest), 'utf8')) as {
    readonly layers: readonly { readonly digest: string }[];
  };
  return { digest, layers: manifest.layers.map((layer) => layer.digest) };
}

/** The file of a blob; absolute. */
export function blobOf(storage: Bytes, digest: string): string {
  const hex = digest.replace('sha256:', '');
  return `${storage}/docker/registry/v2/blobs/sha256/${hex.slice(0, 2)}/${hex}/data`;
}
