import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { type Bytes, bytes } from '../bytes.js';
import { blobOf, manifestOf } from './registry-storage.js';

const storage = bytes(mkdtempSync(join(tmpdir(), 'registry-')));
after(() => rmSync(storage, { recursive: true }));

const digestOf = (letter: string) => `sha256:${letter.repeat(64)}`;

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** A manifest as docker-registry 2.8.2 has kept it for an image of two layers that Docker 20.10.24 has pushed. */
function keep(tag: string, digest: string, layers: readonly string[]): void {
  const link = `docker/registry/v2/repositories/images/_manifests/tags/${tag}/current/link`;
  write(join(storage, link), digest);
  const mediaType = 'application/vnd.docker.image.rootfs.diff.tar.gzip';
  const manifest = {
    schemaVersion: 2,
    mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    config: { mediaType: 'application/vnd.docker.container.image.v1+json', size: 1, digest: digestOf('c') },
    layers: layers.map((layer) => ({ mediaType, size: 1, digest: layer })),
  };
  write(blobOf(storage, digest), JSON.stringify(manifest));
}

test('a blob lies below the first two digits of its digest', () => {
  const path = blobOf('/storage' as Bytes, digestOf('a'));
  assert.equal(path, `/storage/docker/registry/v2/blobs/sha256/aa/${'a'.repeat(64)}/data`);
});

test('a tag leads to its manifest, which lists the lowest layer first', () => {
  keep('app', digestOf('f'), [digestOf('a'), digestOf('b')]);
  assert.deepEqual(manifestOf(storage, 'images', 'app'), {
    digest: digestOf('f'),
    layers: [digestOf('a'), digestOf('b')],
  });
});

test('a tag that is given to another image leads to that', () => {
  keep('app', digestOf('e'), [digestOf('b')]);
  assert.equal(manifestOf(storage, 'images', 'app').digest, digestOf('e'));
});
