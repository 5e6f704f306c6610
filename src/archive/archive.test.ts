import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type Bytes, bytes } from '../bytes.js';
import { openDirectory } from '../system/directory.js';
import { differences } from '../tree/diff-trees.js';
import { readTree } from '../tree/read-tree.js';
import { imageArchive } from './image.js';
import { entriesOf, layerOf } from './layer.js';
import { type TarEntry, tarOf } from './tar.js';

const place = mkdtempSync(join(tmpdir(), 'archive-'));
after(() => rmSync(place, { recursive: true }));

const plain = { mode: 0o644, uid: 0, gid: 0, mtime: { seconds: 0, nanoseconds: 0 }, attributes: {} } as const;

function file(path: string, content: string): TarEntry {
  return { ...plain, kind: 'file', path: bytes(path), content: Buffer.from(content) };
}

function tar(...parameters: string[]): string {
  const { status, stdout, stderr } = spawnSync('tar', parameters, { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
}

test('GNU tar unpacks what a directory was packed from', () => {
  const [packed, unpacked] = [join(place, 'packed'), join(place, 'unpacked')];
  for (const path of [packed, unpacked]) mkdirSync(path);
  const files = openDirectory(bytes(packed));
  const long = bytes(`d/${'n'.repeat(255)}`);
  files.makeDirectory('d' as Bytes, 0o751);
  for (const name of ['a', long, 'd/\\xff', 'd/ü']) {
    const opened = files.open(bytes(name), ['O_WRONLY', 'O_CREAT'], 0o640);
    opened.write(0, Buffer.from(name));
    opened.close();
  }
  files.link('a' as Bytes, 'd/link' as Bytes);
  files.makeSymlink('d/symlink' as Bytes, bytes('t'.repeat(200)));
  files.makeNode('d/fifo' as Bytes, 'fifo', 0o600);
  files.setTimes(long, { mtime: { seconds: 1_000_000_000, nanoseconds: 123_456_789 } });
  files.setTimes('a' as Bytes, { mtime: { seconds: -2, nanoseconds: 500_000_000 } });
  writeFileSync(join(place, 'archive.tar'), tarOf(entriesOf(files, '.' as Bytes)));
  tar('-xpf', join(place, 'archive.tar'), '-C', unpacked);
  const trees = [files, openDirectory(bytes(unpacked))].map((each) => readTree(each).tree);
  assert.deepEqual(differences(trees[0] ?? new Map(), trees[1] ?? new Map(), 'everything'), []);
});

test('an attribute is a record that GNU tar shows', () => {
  const entry = { ...file('a', ''), attributes: { 'user.k': bytes('value') } };
  writeFileSync(join(place, 'attributes.tar'), tarOf([entry]));
  assert.match(tar('--xattrs', '-tvvf', join(place, 'attributes.tar')), /x: *5 user\.k/);
});

test('the length of a record counts its own digits', () => {
  for (const length of [79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 975, 976, 977, 978, 979, 980]) {
    const entry = { ...file('a', 'content'), attributes: { 'user.k': 'v'.repeat(length) as Bytes } };
    writeFileSync(join(place, 'lengths.tar'), tarOf([entry]));
    assert.equal(tar('-xOf', join(place, 'lengths.tar')), 'content');
  }
});

test('the same layer has the same digest, and another layer another', () => {
  assert.equal(layerOf([file('a', 'x')]).diffId, layerOf([file('a', 'x')]).diffId);
  assert.notEqual(layerOf([file('a', 'x')]).diffId, layerOf([file('a', 'y')]).diffId);
});

test('an image archive holds its configuration under its digest, and the layers in their order', () => {
  const layers = [layerOf([file('a', 'lower')]), layerOf([file('a', 'upper')])];
  const { archive, id } = imageArchive({ layers, command: ['/bin/sh'], labels: {} });
  writeFileSync(join(place, 'image.tar'), archive);
  const read = (name: string) => tar('-xOf', join(place, 'image.tar'), name);
  const [{ Config, Layers }] = JSON.parse(read('manifest.json'));
  assert.equal(`sha256:${Config}`, `${id}.json`);
  assert.deepEqual(
    JSON.parse(read(Config)).rootfs.diff_ids,
    layers.map(({ diffId }) => diffId),
  );
  assert.equal(Layers.length, 2);
});
