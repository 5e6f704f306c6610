import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Bytes } from '../../bytes.js';
import { aufsLayers, idsIn, overlay2Layers, overlayDirectories } from './shown-layers.js';

const directory = mkdtempSync(join(tmpdir(), 'shown-layers-'));
after(() => rmSync(directory, { recursive: true }));

/** The files of a Docker 20.10.24 with its aufs driver, on Linux 6.1 with aufs. */
const layers = {
  base: '4a8d35246118d5267473e0ac21fa6cf3ed727fb513876a601295c9bce0a87905',
  hello: '708db47d706ac3aeb3cb65ec400c7edcadbfaf774b12bbe0a00e7c21ca7df69d',
  deleted: '9c856db8ad0c3d1ad67fc5b469eb8e28dbf29c5981e8836fdc496c7b5fa6310d',
};

test('a list of layers has a line for each, the nearest first', () => {
  assert.deepEqual(idsIn(`${layers.hello}\n${layers.base}\n`), [layers.hello, layers.base]);
  assert.deepEqual(idsIn(''), []);
});

test('aufs lists the layers below one beside their content', () => {
  for (const name of ['diff', 'layers']) mkdirSync(`${directory}/aufs/${name}`, { recursive: true });
  writeFileSync(`${directory}/aufs/layers/${layers.deleted}`, `${layers.hello}\n${layers.base}\n`);
  writeFileSync(`${directory}/aufs/layers/${layers.base}`, '');
  const below = (id: string) => aufsLayers.below(`${directory}/aufs/diff/${id}` as Bytes);
  assert.deepEqual(below(layers.deleted), [
    `${directory}/aufs/diff/${layers.hello}`,
    `${directory}/aufs/diff/${layers.base}`,
  ]);
  assert.deepEqual(below(layers.base), []);
});

test('overlay2 lists the layers below one by their links', () => {
  for (const id of ['top', 'middle', 'base', 'l']) {
    mkdirSync(`${directory}/overlay2/${id}`, { recursive: true });
  }
  symlinkSync('../middle/diff', `${directory}/overlay2/l/MIDDLE`);
  symlinkSync('../base/diff', `${directory}/overlay2/l/BASE`);
  writeFileSync(`${directory}/overlay2/top/lower`, 'l/MIDDLE:l/BASE');
  const below = (id: string) => overlay2Layers.below(`${directory}/overlay2/${id}/diff` as Bytes);
  assert.deepEqual(below('top'), [`${directory}/overlay2/middle/diff`, `${directory}/overlay2/base/diff`]);
  assert.deepEqual(below('base'), []);
});

test('an overlay names its directories in its options, by short links or below the home of the driver', () => {
  const home = `${directory}/overlay2`;
  const branchesOf = (options: string) =>
    overlay2Layers.branchesOf(
      {
        mountPoint: '/' as Bytes,
        root: '/' as Bytes,
        type: 'overlay',
        source: 'overlay' as Bytes,
        options: options.split(','),
      },
      home,
    );
  const branches = [
    { path: `${home}/top/diff`, mode: 'rw' },
    { path: `${home}/middle/diff`, mode: 'ro+wh' },
    { path: `${home}/base/diff`, mode: 'ro+wh' },
  ];
  assert.deepEqual(
    branchesOf(
      `rw,lowerdir=${home}/l/MIDDLE:${home}/l/BASE,upperdir=${home}/top/diff,workdir=${home}/top/work`,
    ),
    branches,
  );
  assert.deepEqual(
    branchesOf('rw,lowerdir=l/MIDDLE:l/BASE,upperdir=top/diff,workdir=top/work,nouserxattr'),
    branches,
  );
});

test('an overlay without a writable directory has lower ones only', () => {
  assert.deepEqual(overlayDirectories(['ro', 'lowerdir=/a:/b']), { upper: [], lower: ['/a', '/b'] });
});
