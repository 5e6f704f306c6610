import type { BranchSpec, Planted } from '../src/agent/protocol.js';
import type { BranchMode } from '../src/backend.js';
import { type Bytes, bytes, display, parentOf, toBuffer } from '../src/bytes.js';
import type { Device } from '../src/files.js';
import { HarnessError } from '../src/runner/stage.js';
import { contentOf, patternOf, summarise } from '../src/tree/content.js';
import { type Entry, type Tree, treeOf } from '../src/tree/tree.js';

/** The rows of a Gherkin table, the header first. */
export type Table = readonly (readonly string[])[];

const modes: readonly BranchMode[] = ['rw', 'ro', 'ro+wh', 'rr', 'rr+wh'];

/** A text as a feature writes it: `{n×255}` is `n` 255 times. */
export function expand(text: string): string {
  return text.replace(/\{(.)×(\d+)\}/gu, (_, character: string, times: string) =>
    character.repeat(Number(times)),
  );
}

/** A path as a feature writes it: a trailing slash says nothing, `.` is the root. */
export function pathOf(text: string): Bytes {
  const written = expand(text);
  return bytes(written === '.' ? '' : written.replace(/\/$/, ''));
}

const MEBIBYTE = 1 << 20;

/** Whether the columns of a Given say modes: all do, or none does. */
export function saysModes([header = []]: Table): boolean {
  return header.slice(1).some((title) => title.includes('('));
}

/** What a column says of its branch; without modes it has the one that it gets by default. */
function columnOf(title: string, column: number, saysMode: boolean): Omit<BranchSpec, 'entries'> {
  if (!saysMode && /^[a-z][a-z0-9-]*$/.test(title)) return { name: title, mode: column === 0 ? 'rw' : 'ro' };
  const [, name, mode, size] = /^(\S+) \(([^\s,]+)(?:, (\d+) MiB)?\)$/.exec(title) ?? [];
  if (name === undefined || (mode !== 'apart' && !modes.includes(mode as BranchMode))) {
    const known = [...modes, 'apart'].join(', ');
    throw new HarnessError(
      `branch column "${title}": want NAME (MODE) or NAME (MODE, N MiB), MODE one of ${known}`,
    );
  }
  const spec = { name, mode: mode as BranchSpec['mode'] };
  return size === undefined ? spec : { ...spec, size: Number(size) * MEBIBYTE };
}

/** The branches of a Given, highest first: each column is one, with its mode in the header. */
export function branchesOf(table: Table): BranchSpec[] {
  const [header = [], ...rows] = table;
  const saysMode = saysModes(table);
  return header.slice(1).map((title, column) => {
    const spec = columnOf(title, column, saysMode);
    const entries = rows.flatMap((row): [Bytes, Planted][] => {
      const planted = plantedOf(row[column + 1] ?? '');
      return planted === undefined ? [] : [[pathOf(row[0] ?? ''), planted]];
    });
    return { ...spec, entries };
  });
}

/** What a cell plants; undefined for an empty cell. */
export function plantedOf(cell: string): Planted | undefined {
  if (cell === '') return undefined;
  if (cell.startsWith('-> ')) return { kind: 'symlink', target: bytes(expand(cell.slice(3))) };
  if (cell.startsWith('= ')) return { kind: 'link', to: pathOf(cell.slice(2)) };
  const programs = /^\(root of ([^)]+)\)$/.exec(cell)?.[1];
  if (programs !== undefined) return { kind: 'root', programs: programs.split(', ') };
  const program = /^\(program (\S+)\)$/.exec(cell)?.[1];
  if (program !== undefined) return { kind: 'program', program };
  const size = /^\((\d+) bytes\)$/.exec(cell)?.[1];
  if (size !== undefined) return { kind: 'pattern', size: Number(size) };
  const zeros = /^\((\d+) zeros\)$/.exec(cell)?.[1];
  if (zeros !== undefined) return { kind: 'zeros', size: Number(zeros) };
  const node = /^\((char|block) (\d+):(\d+)\)$/.exec(cell);
  if (node !== null) {
    const kind = node[1] === 'char' ? 'character-device' : 'block-device';
    return { kind, device: { major: Number(node[2]), minor: Number(node[3]) } };
  }
  switch (cell) {
    case '(directory)':
      return { kind: 'directory', opaque: false };
    case '(opaque)':
      return { kind: 'directory', opaque: true };
    case '(empty)':
      return { kind: 'file', content: '' as Bytes };
    case '(fifo)':
    case '(socket)':
    case '(whiteout)':
      return { kind: cell.slice(1, -1) as 'fifo' | 'socket' | 'whiteout' };
    default:
      if (/^\(.*\)$/.test(cell)) throw new HarnessError(`cell "${cell}" is not in the vocabulary`);
      return { kind: 'file', content: contentOf(cell) };
  }
}

/** A column of a Then: the tree that the union or a branch has to hold. */
export interface ExpectedColumn {
  readonly name: string;
  readonly tree: Tree;
}

export function expectedColumns(table: Table): ExpectedColumn[] {
  const [header = [], ...rows] = table;
  if (header.length < 2) throw new HarnessError('a state has a column for the union or a branch');
  return header.slice(1).map((name, column) => {
    const entries = new Map<Bytes, Entry>([
      ['' as Bytes, entryOf('' as Bytes, { kind: 'directory', opaque: false })],
    ]);
    for (const row of rows) {
      const planted = plantedOf(row[column + 1] ?? '');
      const path = pathOf(row[0] ?? '');
      if (planted === undefined) continue;
      for (let parent = parentOf(path); parent !== '' && !entries.has(parent); parent = parentOf(parent)) {
        entries.set(parent, entryOf(parent, { kind: 'directory', opaque: false }));
      }
      entries.set(path, entryOf(path, planted));
    }
    return { name, tree: treeOf(entries.values()) };
  });
}

/** What a cell of a Then says about an entry, without its metadata. */
export function entryOf(path: Bytes, planted: Planted): Entry {
  if (planted.kind === 'link' || planted.kind === 'root' || planted.kind === 'program') {
    throw new HarnessError(`${display(path)}: a ${planted.kind} is for a Given`);
  }
  const kind = planted.kind === 'zeros' || planted.kind === 'pattern' ? 'file' : planted.kind;
  return {
    path,
    kind,
    ...(planted.kind === 'file' ? { content: summarise(toBuffer(planted.content)) } : {}),
    ...(planted.kind === 'pattern' ? { content: summarise(patternOf(planted.size)) } : {}),
    ...(planted.kind === 'zeros' ? { content: summarise(Buffer.alloc(planted.size)) } : {}),
    ...(planted.kind === 'symlink' ? { target: planted.target } : {}),
    ...('device' in planted ? { device: planted.device as Device } : {}),
    ...(planted.kind === 'directory' && planted.opaque ? { opaque: true } : {}),
    mode: 0,
    uid: 0,
    gid: 0,
    nlink: 1,
    mtime: { seconds: 0, nanoseconds: 0 },
    attributes: {},
  };
}

/**
 * What was read, as far as a table speaks of it: whether a directory is opaque is compared
 * only where the table says `(opaque)`, because a union may mark more than it needs to.
 */
export function comparable(seen: Tree, expected: Tree): Tree {
  return treeOf(
    [...seen.values()].map((found) => {
      if (found.opaque !== true || expected.get(found.path)?.opaque === true) return found;
      const { opaque: _, ...plain } = found;
      return plain;
    }),
  );
}
