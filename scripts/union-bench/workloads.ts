/** What is measured on each union, in this order; cold is the first look after the mount. */
import type { Size } from './layers.js';
import type { Loop } from './loop.js';

export type Workload =
  | { readonly kind: 'loop'; readonly name: string; readonly changesLower?: true; readonly loop: Loop }
  /** A program, timed from outside. */
  | {
      readonly kind: 'program';
      readonly name: string;
      readonly changesLower?: true;
      readonly command: readonly string[];
    };

export function workloadsOn(root: string, size: Size): readonly Workload[] {
  const { directories, files, changes, large } = size;
  const loop = (
    name: string,
    what: Loop['loop'],
    path: string,
    count: number,
    changesLower?: true,
  ): Workload => ({
    kind: 'loop',
    name,
    ...(changesLower && { changesLower }),
    loop: { name, loop: what, path, count },
  });
  const program = (name: string, ...command: readonly string[]): Workload => ({
    kind: 'program',
    name,
    command,
  });
  const tree = (name: string) => `${root}/${name}|${directories}|${files}`;
  return [
    loop('stat, cold', 'stat', tree('stat'), 0),
    loop('stat, hot', 'stat', tree('stat'), 0),
    loop('list and stat, cold', 'list-and-stat', `${root}/wide`, 0),
    loop('list and stat, hot', 'list-and-stat', `${root}/wide`, 0),
    loop('open, read, close, cold', 'read-files', tree('read'), 0),
    loop('open, read, close, hot', 'read-files', tree('read'), 0),
    loop('sequential read, cold', 'read-large', `${root}/large`, large),
    loop('sequential read, hot', 'read-large', `${root}/large`, large),
    loop('sequential write', 'write-large', `${root}/made/large`, large),
    loop('create', 'create', `${root}/made`, changes),
    loop('unlink lower', 'unlink', `${root}/unlinked`, changes, true),
    loop('copy-up', 'append', `${root}/changed`, changes, true),
    program('walk, cold', 'find', `${root}/walk`, '-size', '+1'),
    program('walk, hot', 'find', `${root}/walk`, '-size', '+1'),
    program('tar, cold', 'sh', '-c', 'tar -cf - -C "$1" tar | cat >/dev/null', 'sh', root),
    program('tar, hot', 'sh', '-c', 'tar -cf - -C "$1" tar | cat >/dev/null', 'sh', root),
    program('cp -a', 'cp', '-a', `${root}/copied`, `${root}/made/copy`),
  ];
}
