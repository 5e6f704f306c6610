import { When } from '@cucumber/cucumber';
import type { FileProperty } from '../src/agent/protocol.js';
import type { Bytes } from '../src/bytes.js';
import type { OpenFlag, Stat } from '../src/files.js';
import type { Tense } from './parameter-types.js';
import type { WrittenProperty } from './property.js';
import { settable } from './settable.js';
import type { UnionWorld } from './world.js';

When(
  '{path} {tense} opened as {file} with {flags}',
  async function (this: UnionWorld, path: Bytes, tense: Tense, file: string, flags: readonly OpenFlag[]) {
    await this.operate(tense, { call: 'open', path, file, flags, mode: 0o644 });
  },
);

When(
  '{text} {tense} written to file {file} at {int}',
  async function (this: UnionWorld, data: Bytes, tense: Tense, file: string, offset: number) {
    await this.operate(tense, { call: 'write', file, offset, data });
  },
);

When(
  'file {file} {tense} truncated to {int} bytes',
  async function (this: UnionWorld, file: string, tense: Tense, size: number) {
    await this.operate(tense, { call: 'ftruncate', file, size });
  },
);

When('file {file} {tense} synced', async function (this: UnionWorld, file: string, tense: Tense) {
  await this.operate(tense, { call: 'sync', file });
});

When('file {file} {tense} closed', async function (this: UnionWorld, file: string, tense: Tense) {
  await this.operate(tense, { call: 'close', file });
});

When(
  'file {file} {tense} given {property}',
  async function (this: UnionWorld, file: string, tense: Tense, property: WrittenProperty) {
    await this.operate(tense, { call: 'fset', file, property: settable(property) as FileProperty });
  },
);

When(
  'a hole of {int} bytes at {int} {tense} punched into file {file}',
  async function (this: UnionWorld, length: number, offset: number, tense: Tense, file: string) {
    await this.operate(tense, { call: 'allocate', file, mode: 'punch-hole', offset, length });
  },
);

When('file {file} {tense} mapped', async function (this: UnionWorld, file: string, tense: Tense) {
  const { size } = (await this.need({ call: 'stat', file })) as Stat;
  const writable = (await this.try({ call: 'map', file, length: size, writable: true })).ok;
  await this.operate(tense, { call: 'map', file, length: size, writable });
});

When(
  '{text} {tense} written to the mapping of {file} at {int}',
  async function (this: UnionWorld, data: Bytes, tense: Tense, file: string, offset: number) {
    await this.operate(tense, { call: 'write-map', file, offset, data });
  },
);

When(
  'file {file} {tense} locked for {access} with {locking}',
  async function (this: UnionWorld, file: string, tense: Tense, exclusive: boolean, how: 'flock' | 'fcntl') {
    await this.operate(tense, { call: 'lock', file, how, exclusive });
  },
);
