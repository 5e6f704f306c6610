/** Random operations for the differential test: what a user may do, mostly on names that exist. */
import { type Bytes, bytes, join } from '../bytes.js';
import type { AllocateMode, Files, Identity, OpenFile, OpenFlag, RenameMode } from '../files.js';

export type Random = (below: number) => number;

/** Mulberry32: small, and the same on every machine. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) % below;
  };
}

export function pick<T>(random: Random, values: readonly T[]): T {
  return values[random(values.length)] as T;
}

/** Files, and the ones of them that are open. */
export interface Side {
  readonly files: Files;
  readonly open: Map<string, OpenFile>;
}

export interface Operation {
  readonly title: string;
  readonly identity: Identity | undefined;
  /** What it gives is compared as JSON. */
  run(side: Side): unknown;
}

// Neither names nor targets lead above the root: a plain directory is not one.
const names = ['a', 'b', 'c', 'd', 'e'];
const user: Identity = { uid: 1000, gid: 1000, groups: [2000] };
const modes = [0o644, 0o600, 0o755, 0o777, 0o666, 0o2755, 0o4755, 0o6775, 0o1777, 0o000, 0o2775];
const ids = [-1, 0, 1000, 1001, 2000];
const attributes = ['user.k', 'user.l', 'trusted.t'].map(bytes);

function randomPath(random: Random): Bytes {
  const depth = 1 + random(3);
  const parts = Array.from({ length: depth }, () => pick(random, names));
  if (random(25) === 0) parts.splice(1 + random(depth), 0, pick(random, ['.', '..']));
  return (parts.join('/') + (random(25) === 0 ? '/' : '')) as Bytes;
}

const content = (random: Random): Buffer => Buffer.from('x'.repeat(random(4)) + String(random(1000)));

function randomFlags(random: Random): OpenFlag[] {
  const flags: OpenFlag[] = [pick(random, ['O_RDONLY', 'O_WRONLY', 'O_RDWR'] as const), 'O_NONBLOCK'];
  for (const flag of ['O_CREAT', 'O_EXCL', 'O_TRUNC', 'O_APPEND', 'O_NOFOLLOW', 'O_DIRECTORY'] as const) {
    if (random(flag === 'O_CREAT' ? 2 : 6) === 0) flags.push(flag);
  }
  // O_EXCL without O_CREAT is undefined, O_TRUNC with O_RDONLY unspecified (open(2)).
  return flags.includes('O_CREAT') ? flags : flags.filter((flag) => flag !== 'O_EXCL');
}

type Make = (random: Random, somePath: () => Bytes) => readonly [string, (side: Side) => unknown];

const onPaths: readonly Make[] = [
  (random, somePath) => {
    const [path, flags, mode, data] = [somePath(), randomFlags(random), pick(random, modes), content(random)];
    const name = random(3) === 0 ? String(random(3)) : undefined;
    return [
      `open ${path} ${flags.join('|')} ${mode.toString(8)} ${name ?? data}`,
      (side) => openAndWrite(side, path, flags, mode, data, name),
    ];
  },
  (random, somePath) => {
    const [path, data] = [somePath(), content(random)];
    return [
      `append ${path}`,
      ({ files }) =>
        withFile(files.open(path, ['O_WRONLY', 'O_APPEND', 'O_NONBLOCK']), (file) => file.write(0, data)),
    ];
  },
  (random, somePath) => {
    const [path, mode] = [somePath(), pick(random, modes)];
    return [`mkdir ${path} ${mode.toString(8)}`, ({ files }) => files.makeDirectory(path, mode)];
  },
  (random, somePath) => {
    const [path, kind] = [somePath(), pick(random, ['fifo', 'socket', 'file', 'character-device'] as const)];
    return [
      `mknod ${path} ${kind}`,
      ({ files }) => files.makeNode(path, kind, 0o644, { major: 1, minor: 3 }),
    ];
  },
  (random, somePath) => {
    const [path, target] = [somePath(), pick(random, ['a', 'b/c', 'loop', 'd/b', 'a/b/c', 'b/.'])];
    return [`symlink ${path} -> ${target}`, ({ files }) => files.makeSymlink(path, bytes(target))];
  },
  (_, somePath) => {
    const [from, to] = [somePath(), somePath()];
    return [`link ${from} ${to}`, ({ files }) => files.link(from, to)];
  },
  (_, somePath) => {
    const path = somePath();
    return [`unlink ${path}`, ({ files }) => files.unlink(path)];
  },
  (_, somePath) => {
    const path = somePath();
    return [`unlink ${path}`, ({ files }) => files.unlink(path)];
  },
  (_, somePath) => {
    const path = somePath();
    return [`rmdir ${path}`, ({ files }) => files.removeDirectory(path)];
  },
  (_, somePath) => {
    const path = somePath();
    return [`rm -r ${path}`, ({ files }) => removeAll(files, path)];
  },
  (random, somePath) => rename(random, somePath),
  (random, somePath) => rename(random, somePath),
  (random, somePath) => {
    const [path, size] = [somePath(), random(8)];
    return [`truncate ${path} ${size}`, ({ files }) => files.truncate(path, size)];
  },
  (random, somePath) => {
    const [path, mode] = [somePath(), pick(random, modes)];
    return [`chmod ${path} ${mode.toString(8)}`, ({ files }) => files.setMode(path, mode)];
  },
  (random, somePath) => {
    const [path, uid, gid] = [somePath(), pick(random, ids), pick(random, ids)];
    return [`chown ${path} ${uid}:${gid}`, ({ files }) => files.setOwner(path, uid, gid)];
  },
  (random, somePath) => {
    const [path, seconds] = [somePath(), random(1_000_000_000)];
    const time = { seconds, nanoseconds: 7 };
    return [`utimens ${path} ${seconds}`, ({ files }) => files.setTimes(path, { mtime: time, atime: time })];
  },
  (random, somePath) => {
    const [path, name, how] = [
      somePath(),
      pick(random, attributes),
      pick(random, ['set', 'create', 'replace'] as const),
    ];
    return [
      `setxattr ${path} ${name} ${how}`,
      ({ files }) => files.setAttribute(path, name, Buffer.from('v'), how),
    ];
  },
  (random, somePath) => {
    const [path, name] = [somePath(), pick(random, attributes)];
    return [`removexattr ${path} ${name}`, ({ files }) => files.removeAttribute(path, name)];
  },
  (random, somePath) => {
    const [path, name] = [somePath(), pick(random, attributes)];
    return [`getxattr ${path} ${name}`, ({ files }) => files.getAttribute(path, name).toString()];
  },
  (random, somePath) => {
    const [path, mask] = [somePath(), random(8)];
    return [`access ${path} ${mask}`, ({ files }) => files.access(path, mask)];
  },
  (_, somePath) => {
    const path = somePath();
    return [
      `list ${path}`,
      ({ files }) =>
        files
          .list(path)
          .map(({ name, kind }) => `${name} ${kind}`)
          .sort(),
    ];
  },
  (_, somePath) => {
    const path = somePath();
    return [`lstat ${path}`, ({ files }) => files.lookup(path)?.kind];
  },
  (_, somePath) => {
    const path = somePath();
    return [`readlink ${path}`, ({ files }) => files.readLink(path)];
  },
];

const onOpenFiles: readonly Make[] = [
  (random) => onFile(random, 'read', (file) => file.read(0, 64).toString('latin1')),
  (random) => {
    const [data, at] = [content(random), random(6)];
    return onFile(random, `write at ${at}`, (file) => file.write(at, data));
  },
  (random) => {
    const size = random(8);
    return onFile(random, `ftruncate ${size}`, (file) => file.truncate(size));
  },
  (random) => {
    const mode = pick(random, modes);
    return onFile(random, `fchmod ${mode.toString(8)}`, (file) => file.setMode(mode));
  },
  (random) => {
    const [uid, gid] = [pick(random, ids), pick(random, ids)];
    return onFile(random, `fchown ${uid}:${gid}`, (file) => file.setOwner(uid, gid));
  },
  (random) => {
    const how: AllocateMode = pick(random, ['allocate', 'punch-hole', 'keep-size'] as const);
    return onFile(random, `fallocate ${how}`, (file) => file.allocate(how, 0, 3));
  },
  (random) =>
    onFile(random, 'fstat', (file) => {
      const { kind, mode, uid, gid, size } = file.stat();
      return kind === 'directory' ? [kind, mode, uid, gid] : [kind, mode, uid, gid, size];
    }),
];

/** Most paths are of `existing`, or a name in a directory of them. */
export function randomOperation(random: Random, asUser: boolean, existing: readonly Bytes[]): Operation {
  const somePath = (): Bytes => {
    const choice = existing.length === 0 ? 9 : random(10);
    if (choice < 4) return pick(random, existing);
    return choice < 6 ? join(pick(random, existing), bytes(pick(random, names))) : randomPath(random);
  };
  const [title, run] = pick(random, random(4) === 0 ? onOpenFiles : onPaths)(random, somePath);
  const identity = asUser && random(3) === 0 ? user : undefined;
  return { title: identity === undefined ? title : `as user: ${title}`, identity, run };
}

function rename(random: Random, somePath: () => Bytes): ReturnType<Make> {
  const [from, to] = [somePath(), somePath()];
  const mode: RenameMode = pick(random, ['replace', 'replace', 'replace', 'no-replace', 'exchange'] as const);
  return [`rename ${from} ${to} ${mode}`, ({ files }) => files.rename(from, to, mode)];
}

function onFile(random: Random, title: string, use: (file: OpenFile) => unknown): ReturnType<Make> {
  const name = String(random(3));
  return [
    `file ${name}: ${title}`,
    ({ open }) => {
      const file = open.get(name);
      return file === undefined ? 'not open' : use(file);
    },
  ];
}

function withFile<T>(file: OpenFile, use: (file: OpenFile) => T): T {
  try {
    return use(file);
  } finally {
    file.close();
  }
}

/** A file with a name stays open until the name is used again. */
function openAndWrite(
  { files, open }: Side,
  path: Bytes,
  flags: readonly OpenFlag[],
  mode: number,
  data: Buffer,
  name: string | undefined,
): unknown {
  const file = files.open(path, flags, mode);
  if (name !== undefined) {
    open.get(name)?.close();
    open.set(name, file);
    return 'open';
  }
  return withFile(file, () =>
    flags.includes('O_RDONLY') ? file.read(0, 64).toString('latin1') : file.write(1, data),
  );
}

function removeAll(files: Files, path: Bytes): void {
  if (files.lookup(path)?.kind !== 'directory') return files.unlink(path);
  for (const name of files
    .list(path)
    .map((entry) => entry.name)
    .sort())
    removeAll(files, `${path}/${name}` as Bytes);
  files.removeDirectory(path);
}
