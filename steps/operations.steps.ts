import { When } from '@cucumber/cucumber';
import { type Bytes, display } from '../src/bytes.js';
import type { Node, Tense } from './parameter-types.js';
import type { WrittenProperty } from './property.js';
import { settable } from './settable.js';
import type { UnionWorld } from './world.js';

When('{path} {tense} read', async function (this: UnionWorld, path: Bytes, tense: Tense) {
  await this.operate(tense, { call: 'read-file', path });
});

When('directory {path} {tense} listed', async function (this: UnionWorld, path: Bytes, tense: Tense) {
  await this.operate(tense, { call: 'list', path });
});

When(
  '{path} {tense} created with {text}',
  async function (this: UnionWorld, path: Bytes, tense: Tense, data: Bytes) {
    await this.operate(tense, { call: 'write-file', path, flags: ['O_CREAT', 'O_EXCL'], offset: 0, data });
  },
);

When(
  '{path} {tense} overwritten with {text}',
  async function (this: UnionWorld, path: Bytes, tense: Tense, data: Bytes) {
    await this.operate(tense, { call: 'write-file', path, flags: ['O_TRUNC'], offset: 0, data });
  },
);

When(
  '{text} {tense} appended to {path}',
  async function (this: UnionWorld, data: Bytes, tense: Tense, path: Bytes) {
    await this.operate(tense, { call: 'write-file', path, flags: ['O_APPEND'], offset: 0, data });
  },
);

When(
  '{text} {tense} written to {path} at {int}',
  async function (this: UnionWorld, data: Bytes, tense: Tense, path: Bytes, offset: number) {
    await this.operate(tense, { call: 'write-file', path, flags: [], offset, data });
  },
);

When(
  '{path} {tense} truncated to {int} bytes',
  async function (this: UnionWorld, path: Bytes, tense: Tense, size: number) {
    await this.operate(tense, { call: 'truncate', path, size });
  },
);

When('directory {path} {tense} created', async function (this: UnionWorld, path: Bytes, tense: Tense) {
  await this.operate(tense, { call: 'mkdir', path, mode: 0o755 });
});

When(
  '{node} {path} {tense} created',
  async function (this: UnionWorld, { kind, device }: Node, path: Bytes, tense: Tense) {
    await this.operate(tense, { call: 'mknod', path, kind, device });
  },
);

When(
  'symlink {path} to {path} {tense} created',
  async function (this: UnionWorld, path: Bytes, target: Bytes, tense: Tense) {
    await this.operate(tense, { call: 'symlink', path, target });
  },
);

When(
  'hard link {path} to {path} {tense} created',
  async function (this: UnionWorld, path: Bytes, existing: Bytes, tense: Tense) {
    await this.operate(tense, { call: 'link', existing, path });
  },
);

When('{path} {tense} deleted', async function (this: UnionWorld, path: Bytes, tense: Tense) {
  await this.operate(tense, { call: 'unlink', path });
});

When('directory {path} {tense} removed', async function (this: UnionWorld, path: Bytes, tense: Tense) {
  await this.operate(tense, { call: 'rmdir', path });
});

When(
  '{path} {tense} removed with everything in it',
  async function (this: UnionWorld, path: Bytes, tense: Tense) {
    await this.operate(tense, { call: 'remove-all', path });
  },
);

When(
  '{path} {tense} renamed to {path}',
  async function (this: UnionWorld, from: Bytes, tense: Tense, to: Bytes) {
    await this.operate(tense, { call: 'rename', from, to, mode: 'replace' });
  },
);

When(
  '{path} {tense} renamed to {path} without replacing',
  async function (this: UnionWorld, from: Bytes, tense: Tense, to: Bytes) {
    await this.operate(tense, { call: 'rename', from, to, mode: 'no-replace' });
  },
);

When(
  '{path} and {path} {tense} exchanged',
  async function (this: UnionWorld, from: Bytes, to: Bytes, tense: Tense) {
    await this.operate(tense, { call: 'rename', from, to, mode: 'exchange' });
  },
);

When(
  '{path} {tense} given {property}',
  async function (this: UnionWorld, path: Bytes, tense: Tense, property: WrittenProperty) {
    await this.operate(tense, { call: 'set', path, property: settable(property) });
  },
);

When(
  '{path} {tense} edited to read {text}',
  async function (this: UnionWorld, path: Bytes, tense: Tense, text: Bytes) {
    const command = ['ex', '-u', 'NONE', '-i', 'NONE', '-s', display(path)];
    const line = display(text).replace(/\n$/, ''); // an editor ends the last line by itself
    const input = `%c\n${line}\n.\nwq!\n`;
    await this.operate(tense, { call: 'run', command, input });
  },
);
