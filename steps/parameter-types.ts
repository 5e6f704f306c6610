import { defineParameterType } from '@cucumber/cucumber';
import type { Where } from '../src/agent/container-protocol.js';
import type { BranchMode, CopyUpPolicy, CreationPolicy, DirectAccess, MountOptions } from '../src/backend.js';
import type { Version } from '../src/control-groups/control-group.js';
import type { Device, Kind, OpenFlag, Stat } from '../src/files.js';
import type { Errno } from '../src/system/errno.js';
import { contentOf } from '../src/tree/content.js';
import { parseProperty, propertyPattern } from './property.js';
import { pathOf } from './state-table.js';

/** `was` prepares and has to work; `is` is what the scenario is about, and may fail. */
export type Tense = 'was' | 'is';

export interface Node {
  readonly kind: Exclude<Kind, 'directory' | 'symlink' | 'file'>;
  readonly device: Device;
}

/** What stat(2) tells of an entry, by the words of the features. */
export type Field = 'ino' | 'mtime' | 'ctime' | 'size' | 'mode' | 'nlink';

const fields: Readonly<Record<string, Field & keyof Stat>> = {
  'inode number': 'ino',
  mtime: 'mtime',
  ctime: 'ctime',
  size: 'size',
  mode: 'mode',
  links: 'nlink',
};

/** `in container a`, `container a`, `on the host`, `the host`. */
function whereOf(text: string): Where {
  return text.endsWith('the host') ? null : text.slice(text.lastIndexOf(' ') + 1);
}

function define<T>(name: string, regexp: RegExp | RegExp[], transformer: (text: string) => T): void {
  defineParameterType({ name, regexp, transformer, useForSnippets: false });
}

define('path', /"[^"]*"/, (text) => pathOf(text.slice(1, -1)));
define('text', /"[^"]*"/, (text) => contentOf(text.slice(1, -1)));
define('cell', /"[^"]*"/, (text) => text.slice(1, -1));
define('names', /"[^"]*"/, (text) => (text === '""' ? [] : text.slice(1, -1).split(', ').map(pathOf)));
define('tense', /is|was|are|were/, (text): Tense => (text === 'is' || text === 'are' ? 'is' : 'was'));
define('octal', /0[0-7]{3}/, (text) => Number.parseInt(text, 8));
define('mode', /rw|ro\+wh|ro|rr\+wh|rr/, (text) => text as BranchMode);
define(
  'option',
  /creation policy (?:tdp|rr|mfs|pmfs)|copy-up policy (?:tdp|bup|bu)|direct access (?:none|reval|notify)|permissions of the highest branch|writing switched off/,
  optionsOf,
);
define('branch', /[a-z][a-z0-9-]*/, (text) => text);
define('file', /[a-z][a-z0-9]*/, (text) => text);
define('property', new RegExp(propertyPattern), parseProperty);
define('flags', /O_[A-Z]+(?:\|O_[A-Z]+)*/, (text) => text.split('|') as OpenFlag[]);
define('errno', /E[A-Z0-9]+/, (text) => (text === 'ENOTSUP' ? 'EOPNOTSUPP' : text) as Errno);
define('access', /reading|writing/, (text) => text === 'writing');
define('locking', /flock|fcntl/, (text) => text as 'flock' | 'fcntl');
define('name', /[a-z][a-z0-9]*/, (text) => text);
define('script', /"(?:[^"\\]|\\.)*"/, (text) => text.slice(1, -1).replace(/\\(["\\])/g, '$1'));
define('where', /in container [a-z][a-z0-9]*|on the host/, whereOf);
define('viewer', /container [a-z][a-z0-9]*|the host/, whereOf);
define('process', /(?:container|process) [a-z][a-z0-9]*/, (text) => text.slice(text.indexOf(' ') + 1));
define('groups', /[a-z][a-z0-9]*(?: and [a-z][a-z0-9]*)*/, (text) => text.split(' and '));
define('version', /version [12]/, (text): Version => (text.endsWith('1') ? 'v1' : 'v2'));
define('signal', /SIG[A-Z0-9]+/, (text) => text as NodeJS.Signals);
define('field', new RegExp(Object.keys(fields).join('|')), (text): Field => fields[text] ?? 'ino');
define(
  'kind',
  /regular file|directory|symlink|fifo|socket|character device|block device/,
  (text) => (text === 'regular file' ? 'file' : text.replace(' ', '-')) as Kind,
);
define('node', /fifo|socket|(?:character|block) device \d+:\d+/, (text): Node => {
  const [, type, major, minor] = /^(\w+) device (\d+):(\d+)$/.exec(text) ?? [];
  if (type === undefined) return { kind: text as 'fifo' | 'socket', device: { major: 0, minor: 0 } };
  return {
    kind: `${type}-device` as 'character-device' | 'block-device',
    device: { major: Number(major), minor: Number(minor) },
  };
});

function optionsOf(text: string): MountOptions {
  const value = text.slice(text.lastIndexOf(' ') + 1);
  if (text.startsWith('creation')) return { creation: value as CreationPolicy };
  if (text.startsWith('copy-up')) return { copyUp: value as CopyUpPolicy };
  if (text.startsWith('permissions')) return { permissions: 'highest' };
  return text.startsWith('direct') ? { directAccess: value as DirectAccess } : { readOnly: true };
}
