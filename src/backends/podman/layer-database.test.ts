import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Bytes } from '../../bytes.js';
import { besideContent, overlay2 } from '../docker/drivers.js';
import { layerDatabase } from './layer-database.js';

const root = mkdtempSync(join(tmpdir(), 'podman-layers-')) as Bytes;
after(() => rmSync(root, { recursive: true }));

/** As podman 4.3.1 writes them, but for the digests. */
for (const [name, content] of Object.entries({
  'overlay-layers/layers.json': [
    { id: 'base', 'diff-digest': 'sha256:b', created: '2027-01-01T00:00:00Z', 'diff-size': 12 },
    { id: 'top', parent: 'base', 'diff-digest': 'sha256:t' },
    { id: 'other', parent: '', 'diff-digest': 'sha256:t' },
    { id: 'own', parent: 'top', flags: { MountLabel: '' } },
  ],
  'overlay-containers/containers.json': [{ id: 'c', layer: 'own', image: 'i', names: ['n'] }],
})) {
  mkdirSync(join(root, name, '..'));
  writeFileSync(join(root, name), JSON.stringify(content));
}
const layers = layerDatabase(root, { ...overlay2, ...besideContent('overlay') }, 'overlay');
const content = (id: string) => `${root}/overlay/${id}/diff`;

test('a container has a layer of its own above those of its image', () => {
  assert.deepEqual(layers.stackOf('c'), {
    container: content('own'),
    init: undefined,
    image: [content('top'), content('base')],
    mountPoint: `${root}/overlay/own/merged`,
  });
  assert.throws(() => layers.stackOf('d'), /podman notes no layer of container d/);
});

test('layers are found by the digests of all of them', () => {
  assert.deepEqual(layers.directoriesOf(['sha256:b', 'sha256:t']), [content('base'), content('top')]);
  assert.deepEqual(layers.directoriesOf(['sha256:t']), [content('other')]);
  assert.throws(() => layers.directoriesOf(['sha256:x']), /podman notes no layers sha256:x/);
});
