import { ACCESS_ACL, aclGranting, DEFAULT_ACL } from '../src/access-control-list.js';
import type { Looked, Property } from '../src/agent/protocol.js';
import { type Bytes, bytes, display } from '../src/bytes.js';
import type { Device, Time } from '../src/files.js';
import { contentOf } from '../src/tree/content.js';
import { showTime } from '../src/tree/diff-trees.js';
import { expand } from './state-table.js';

/** A property that a step sets or looks at: `mode 0640`, `attribute user.k "v"`. */
export type WrittenProperty =
  | Property
  | { readonly name: 'attributes'; readonly names: readonly string[] }
  | { readonly name: 'size' | 'links' | 'most-blocks'; readonly number: number }
  | { readonly name: 'target'; readonly target: Bytes }
  | { readonly name: 'device'; readonly device: Device };

/** One alternative for each form; none of them captures, so the whole match is parsed. */
export const propertyPattern = [
  'mode [0-7]+',
  'owner (?:\\d+|-1):(?:\\d+|-1)',
  '[am]time \\d+(?:\\.\\d+)?',
  '(?:new |existing )?attribute \\S+ "[^"]*"',
  'no attribute \\S+',
  'exactly the attributes "[^"]*"',
  'size \\d+',
  'links \\d+',
  'target "[^"]*"',
  'device \\d+:\\d+',
  'at most \\d+ blocks',
  'an? (?:default )?access control list granting user \\d+ [r-][w-][x-]',
].join('|');

export function parseProperty(text: string): WrittenProperty {
  const quoted = expand(/"([^"]*)"/.exec(text)?.[1] ?? '');
  const [first = '', second = '', third = ''] = text.split(' ');
  switch (first) {
    case 'mode':
      return { name: 'mode', mode: Number.parseInt(second, 8) };
    case 'owner':
      return { name: 'owner', ...pair(second, 'uid', 'gid') };
    case 'mtime':
    case 'atime':
      return { name: first, time: parseTime(second) };
    case 'attribute':
      return { name: 'attribute', attribute: bytes(second), value: contentOf(quoted), how: 'set' };
    case 'new':
      return { name: 'attribute', attribute: bytes(third), value: contentOf(quoted), how: 'create' };
    case 'existing':
      return { name: 'attribute', attribute: bytes(third), value: contentOf(quoted), how: 'replace' };
    case 'no':
      return { name: 'no-attribute', attribute: bytes(third) };
    case 'exactly':
      return { name: 'attributes', names: quoted === '' ? [] : quoted.split(', ') };
    case 'size':
    case 'links':
      return { name: first, number: Number(second) };
    case 'at':
      return { name: 'most-blocks', number: Number(third) };
    case 'target':
      return { name: 'target', target: bytes(quoted) };
    case 'device':
      return { name: 'device', device: pair(second, 'major', 'minor') };
    default: {
      const [, user = '0', allowed = ''] = /user (\d+) (\S+)$/.exec(text) ?? [];
      const mask = [...allowed].reduce((all, letter) => all * 2 + (letter === '-' ? 0 : 1), 0);
      const attribute = second === 'default' ? DEFAULT_ACL : ACCESS_ACL;
      return { name: 'attribute', attribute, value: aclGranting(Number(user), mask), how: 'set' };
    }
  }
}

function pair<A extends string, B extends string>(text: string, a: A, b: B): Record<A | B, number> {
  const [left, right] = text.split(':').map(Number);
  return { [a]: left, [b]: right } as Record<A | B, number>;
}

function parseTime(text: string): Time {
  const [seconds = '0', fraction = ''] = text.split('.');
  return { seconds: Number(seconds), nanoseconds: Number(fraction.padEnd(9, '0')) };
}

/** How the property is written, with the value that was seen; equal to `wanted` when it holds. */
export function seenProperty(
  property: WrittenProperty,
  { stat, target, attributes }: Looked,
): {
  readonly wanted: string;
  readonly seen: string;
} {
  switch (property.name) {
    case 'mode':
      return { wanted: octal(property.mode), seen: octal(stat.mode) };
    case 'owner':
      return { wanted: `owner ${property.uid}:${property.gid}`, seen: `owner ${stat.uid}:${stat.gid}` };
    case 'mtime':
    case 'atime':
      return {
        wanted: `${property.name} ${showTime(property.time)}`,
        seen: `${property.name} ${showTime(stat[property.name])}`,
      };
    case 'attribute': {
      const value = attributes[property.attribute];
      const name = `attribute ${display(property.attribute)}`;
      return {
        wanted: `${name} "${display(property.value)}"`,
        seen: value === undefined ? `no ${name}` : `${name} "${display(value)}"`,
      };
    }
    case 'no-attribute': {
      const name = `attribute ${display(property.attribute)}`;
      return { wanted: `no ${name}`, seen: property.attribute in attributes ? name : `no ${name}` };
    }
    case 'attributes':
      return {
        wanted: `exactly the attributes "${[...property.names].sort().join(', ')}"`,
        seen: `exactly the attributes "${Object.keys(attributes).sort().join(', ')}"`,
      };
    case 'size':
      return { wanted: `size ${property.number}`, seen: `size ${stat.size}` };
    case 'links':
      return { wanted: `links ${property.number}`, seen: `links ${stat.nlink}` };
    case 'most-blocks': {
      const wanted = `at most ${property.number} blocks`;
      return { wanted, seen: stat.blocks <= property.number ? wanted : `${stat.blocks} blocks` };
    }
    case 'target':
      return {
        wanted: `target "${display(property.target)}"`,
        seen: target === undefined ? 'no target' : `target "${display(target)}"`,
      };
    case 'device':
      return { wanted: device(property.device), seen: device(stat.device) };
  }
}

function octal(mode: number): string {
  return `mode ${mode.toString(8).padStart(4, '0')}`;
}

function device({ major, minor }: Device): string {
  return `device ${major}:${minor}`;
}
