/**
 * Random operations on a union and on a plain directory that began with the same entries:
 * both have to say the same, and hold the same afterwards.
 */
import { chmodSync, mkdirSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import type { BranchMode } from '../backend.js';
import { type Bytes, bytes, join } from '../bytes.js';
import type { Files, Stat } from '../files.js';
import { openDirectory } from '../system/directory.js';
import { errnoOf, SystemError } from '../system/errno.js';
import type { EngineClass } from './engine.js';
import { pick, type Random, randomOperation, type Side, seeded } from './random-operations.js';
import { TemporaryUnion } from './temporary-union.js';

export interface DifferentialOptions {
  readonly seed: number;
  readonly operations: number;
  /** Highest first. */
  readonly modes: readonly BranchMode[];
  /** Every third operation is an ordinary user's. */
  readonly asUser?: boolean;
  readonly remounts?: boolean;
  /** Waits before each operation until the clock of the file system has moved on, and compares times too. */
  readonly times?: boolean;
  readonly Engine?: EngineClass;
}

/** What an entry is, in words; its inode number and times apart, for they are never the same. */
interface Seen {
  readonly what: string;
  readonly stat: Stat;
}

type View = ReadonlyMap<Bytes, Seen>;

/** Runs a sequence; the result is undefined, or what was done and where the two differ. */
export function differ(options: DifferentialOptions): string | undefined {
  const random = seeded(options.seed);
  using union = new TemporaryUnion(
    options.modes.map((mode) => [mode, {}]),
    options.Engine,
  );
  chmodSync(union.directory, 0o755);
  for (const index of options.modes.keys()) populate(union.branch(index), random, index > 0);
  union.remount();
  const model = joinPath(union.directory, 'model');
  mkdirSync(model);
  const lower = options.modes.map((mode, index) => (mode === 'rw' ? '' : tree(union.branch(index))));
  const plain: Side = { files: openDirectory(bytes(model)), open: new Map() };
  let ours: Side = { files: union.files, open: new Map() };
  copy(ours.files, plain.files);
  const log: string[] = [];
  let before = views(ours, plain);
  let links = hiddenLinks(before);
  for (let count = 0; count < options.operations; count++) {
    if (options.times) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 9);
    if (options.remounts && random(40) === 0) {
      for (const side of [ours, plain]) closeAll(side);
      union.remount();
      ours = { files: union.files, open: new Map() };
      log.push('remount');
      const again = views(ours, plain);
      const lost = compare(before, again, undefined, false);
      if (lost !== undefined) return report(log, lost);
      before = again;
      links = hiddenLinks(before);
    }
    const operation = randomOperation(random, options.asUser ?? false, [...before.plain.keys()]);
    const result = attempt(ours, operation);
    log.push(`${operation.title}: ${result}`);
    const isRefused = result === 'EXDEV' || result === 'EROFS';
    if (isRefused && operation.title.includes('rm -r')) return undefined; // done in part
    const expected = isRefused ? result : attempt(plain, operation);
    if (result !== expected) return report(log, `the plain directory says ${expected}`);
    const after = views(ours, plain);
    const difference = compare(before, after, links, options.times ?? false);
    if (difference !== undefined) return report(log, difference);
    before = after;
  }
  for (const side of [ours, plain]) closeAll(side);
  for (const [index, was] of lower.entries()) {
    if (was !== '' && tree(union.branch(index)) !== was) return report(log, `branch ${index} was changed`);
  }
  const [orphans, links2] = ['.wh..wh.orph', '.wh..wh.plnk'].map(bytes);
  union.remount();
  for (const [index, mode] of options.modes.entries()) {
    for (const place of [orphans, links2]) {
      if (mode === 'rw' && place && union.branch(index).list(place).length > 0) {
        return report(log, `${place} of branch ${index} is not empty`);
      }
    }
  }
  const last = compare(before, views({ ...ours, files: union.files }, plain), undefined, false, true);
  return last === undefined ? undefined : report(log, `after a remount: ${last}`);
}

function report(log: readonly string[], difference: string): string {
  return `${log.slice(-25).join('\n')}\n${difference}`;
}

function closeAll({ open }: Side): void {
  for (const file of open.values()) file.close();
  open.clear();
}

function attempt(side: Side, operation: ReturnType<typeof randomOperation>): string {
  if (operation.identity) side.files.actAs(operation.identity);
  try {
    return JSON.stringify(operation.run(side)) ?? 'ok';
  } catch (failure) {
    return errnoOf(failure);
  } finally {
    if (operation.identity) side.files.actAs(undefined);
  }
}

const names = ['a', 'b', 'c', 'd', 'e'];

/** What a branch begins with: files, links, directories; in a lower one whiteouts too. */
function populate(
  files: Files,
  random: Random,
  hasWhiteouts: boolean,
  directory = '' as Bytes,
  depth = 0,
): void {
  for (const name of names) {
    const path = join(directory, bytes(name));
    const kind = random(depth === 0 ? 8 : 10);
    if (kind < 3) {
      const file = files.open(path, ['O_WRONLY', 'O_CREAT'], pick(random, [0o644, 0o666, 0o4755, 0o600]));
      file.write(0, Buffer.from(`${path}${random(100)}`));
      if (random(3) === 0) file.setOwner(1000, 1000);
      file.close();
      if (random(4) === 0) files.setAttribute(path, bytes('user.k'), Buffer.from('old'), 'set');
    } else if (kind < 6 && depth < 2) {
      files.makeDirectory(path, 0o755);
      if (random(3) === 0) files.setOwner(path, 1000, 1000);
      if (random(4) === 0) files.setMode(path, pick(random, [0o2775, 0o1777, 0o777]));
      populate(files, random, hasWhiteouts, path, depth + 1);
      if (hasWhiteouts && random(8) === 0) files.makeNode(join(path, bytes('.wh..wh..opq')), 'file', 0o444);
    } else if (kind === 6) {
      files.makeSymlink(path, bytes(pick(random, ['a', 'b/c', 'd/b'])));
    } else if (kind === 7 && hasWhiteouts) {
      files.makeNode(join(directory, bytes(`.wh.${name}`)), 'file', 0o444);
    } else if (kind === 8) {
      const other = files
        .list(directory)
        .find((entry) => entry.kind === 'file' && !entry.name.startsWith('.wh.'));
      if (other) files.link(join(directory, other.name), path);
    }
  }
}

/** Copies what a union shows, hard links as hard links. */
function copy(from: Files, to: Files): void {
  const seen = new Map<string, Bytes>();
  const walk = (directory: Bytes): void => {
    for (const { name } of from.list(directory)) {
      const path = join(directory, name);
      const stat = from.lookup(path);
      if (stat === undefined) throw new SystemError('ENOENT', 'copy', path);
      const other = seen.get(stat.ino);
      if (other !== undefined) {
        to.link(other, path);
        continue;
      }
      if (stat.kind === 'directory') to.makeDirectory(path, 0o755);
      else if (stat.kind === 'symlink') to.makeSymlink(path, from.readLink(path));
      else {
        const file = to.open(path, ['O_WRONLY', 'O_CREAT'], 0o644);
        file.write(0, Buffer.from(contentOf(from, path), 'latin1'));
        file.close();
        seen.set(stat.ino, path);
      }
      to.setOwner(path, stat.uid, stat.gid);
      if (stat.kind !== 'symlink') to.setMode(path, stat.mode);
      for (const attribute of from.listAttributes(path)) {
        to.setAttribute(path, attribute, from.getAttribute(path, attribute), 'set');
      }
      if (stat.kind === 'directory') walk(path);
      to.setTimes(path, stat);
    }
  };
  walk('' as Bytes);
}

function contentOf(files: Files, path: Bytes): string {
  const file = files.open(path, ['O_RDONLY', 'O_NONBLOCK']);
  try {
    return file.read(0, 4096).toString('latin1');
  } finally {
    file.close();
  }
}

interface Views {
  readonly ours: View;
  readonly plain: View;
}

function views(ours: Side, plain: Side): Views {
  return { ours: view(ours.files, true), plain: view(plain.files, true) };
}

function view(files: Files, strict: boolean): View {
  const found = new Map<Bytes, Seen>();
  const walk = (directory: Bytes): void => {
    for (const entry of files.list(directory)) {
      const path = join(directory, entry.name);
      const stat = files.lookup(path);
      if (stat === undefined) {
        found.set(path, { what: 'listed, but not found', stat: {} as Stat });
        continue;
      }
      if (strict && (stat.ino !== entry.ino || stat.kind !== entry.kind)) {
        found.set(path, { what: `listed as ${entry.kind} ${entry.ino}, is ${stat.kind} ${stat.ino}`, stat });
        continue;
      }
      const { kind, mode, uid, gid } = stat;
      const attributes = files.listAttributes(path).sort();
      const content =
        kind === 'file'
          ? contentOf(files, path)
          : kind === 'symlink'
            ? files.readLink(path)
            : stat.device.minor;
      found.set(path, { what: [kind, mode.toString(8), uid, gid, content, ...attributes].join(' '), stat });
      if (kind === 'directory') walk(path);
    }
  };
  walk('' as Bytes);
  return found;
}

/** By the plain number: how many names of a lower file were hidden before the mount. */
function hiddenLinks({ ours, plain }: Views): ReadonlyMap<string, number> {
  return new Map(
    [...plain].map(([path, { stat }]) => [stat.ino, (ours.get(path)?.stat.nlink ?? 0) - stat.nlink]),
  );
}

/** Everything of a branch that must not change. */
function tree(files: Files): string {
  return JSON.stringify(
    [...view(files, false)]
      .map(([path, { what, stat }]) => [path, what, stat.nlink, stat.ino, stat.mtime])
      .sort(),
  );
}

function compare(
  before: Views,
  after: Views,
  links: ReadonlyMap<string, number> | undefined,
  times: boolean,
  remounted = false,
): string | undefined {
  const { ours, plain } = after;
  const paths = [...new Set([...ours.keys(), ...plain.keys()])];
  const sameOurs = new Map<string, Bytes>();
  for (const path of paths) {
    const [a, b] = [ours.get(path), plain.get(path)];
    if (a === undefined || b === undefined || a.what !== b.what) {
      return `${path}: the union has ${a?.what}, the plain directory ${b?.what}`;
    }
    const expected = b.stat.nlink + (links?.get(b.stat.ino) ?? 0);
    if (links && b.stat.kind !== 'directory' && a.stat.nlink !== expected) {
      return `${path}: ${a.stat.nlink} links, not ${expected}`;
    }
    const first = sameOurs.get(a.stat.ino);
    if (first !== undefined && plain.get(first)?.stat.ino !== b.stat.ino)
      return `${path}: has the number of ${first}`;
    if (first === undefined) sameOurs.set(a.stat.ino, path);
    for (const other of paths) {
      if (plain.get(other)?.stat.ino === b.stat.ino && ours.get(other)?.stat.ino !== a.stat.ino) {
        return `${path} and ${other} are not the same file`;
      }
    }
    const [oldA, oldB] = [before.ours.get(path), before.plain.get(path)];
    if (remounted || oldA === undefined || oldB === undefined || oldB.stat.ino !== b.stat.ino) continue;
    if (oldA.stat.ino !== a.stat.ino) return `${path}: its number was ${oldA.stat.ino}, is ${a.stat.ino}`;
    if (!times) continue;
    const changed = (old: Stat, now: Stat) => JSON.stringify(old.mtime) !== JSON.stringify(now.mtime);
    if (changed(oldA.stat, a.stat) !== changed(oldB.stat, b.stat)) {
      return `${path}: its mtime ${changed(oldA.stat, a.stat) ? 'changed' : 'did not change'}`;
    }
  }
  return undefined;
}
