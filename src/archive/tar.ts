/**
 * Writes tar archives in the pax format (POSIX.1-2001, pax(1) "pax Interchange Format"). The libraries there are
 * read and write streams, which the agent has no event loop for, and take names for UTF-8.
 */
import { type Bytes, bytes, toBuffer } from '../bytes.js';
import type { Device, Time } from '../files.js';

interface Common {
  readonly path: Bytes;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtime: Time;
  readonly atime?: Time;
  /** Extended attributes, as GNU tar and the container engines store them: `SCHILY.xattr.NAME`. */
  readonly attributes: Readonly<Record<string, Bytes>>;
}

export type TarEntry = Common &
  (
    | { readonly kind: 'file'; readonly content: Buffer }
    | { readonly kind: 'directory' | 'fifo' }
    | { readonly kind: 'symlink' | 'link'; readonly target: Bytes }
    | { readonly kind: 'character-device' | 'block-device'; readonly device: Device }
  );

const BLOCK = 512;
const typeFlags: Readonly<Record<TarEntry['kind'], string>> = {
  file: '0',
  link: '1',
  symlink: '2',
  'character-device': '3',
  'block-device': '4',
  directory: '5',
  fifo: '6',
};

/** The same entries give the same bytes. */
export function tarOf(entries: readonly TarEntry[]): Buffer {
  return Buffer.concat([...entries.flatMap(writeEntry), Buffer.alloc(2 * BLOCK)]);
}

function writeEntry(entry: TarEntry): Buffer[] {
  const content = entry.kind === 'file' ? entry.content : Buffer.alloc(0);
  const target = entry.kind === 'symlink' || entry.kind === 'link' ? entry.target : ('' as Bytes);
  const records = extendedRecords(entry, target, content.length);
  const extended =
    records.length === 0 ? [] : [header('pax' as Bytes, 'x', records.length, '' as Bytes), padded(records)];
  const own = header(entry.path, typeFlags[entry.kind], content.length, target, entry);
  return [...extended, own, padded(content)];
}

/** What the header has no room for: long names, sizes, parts of a second, attributes. */
function extendedRecords(entry: TarEntry, target: Bytes, size: number): Buffer {
  const { seconds, nanoseconds } = entry.mtime;
  const fields: [string, Bytes][] = Object.entries(entry.attributes).map(([name, value]) => [
    `SCHILY.xattr.${name}`,
    value,
  ]);
  if (entry.path.length > 100) fields.push(['path', entry.path]);
  if (target.length > 100) fields.push(['linkpath', target]);
  if (size >= 8 ** 11) fields.push(['size', bytes(String(size))]);
  if (nanoseconds > 0 || seconds < 0 || seconds >= 8 ** 11) {
    fields.push(['mtime', bytes(decimal(entry.mtime))]);
  }
  if (entry.atime !== undefined) fields.push(['atime', bytes(decimal(entry.atime))]);
  return Buffer.concat(fields.map(([name, value]) => record(name, value)));
}

/** Before 1970 the fraction still adds to the seconds of a `Time`, and takes from a decimal number. */
function decimal({ seconds, nanoseconds }: Time): string {
  if (seconds >= 0 || nanoseconds === 0) return `${seconds}.${String(nanoseconds).padStart(9, '0')}`;
  return `-${-seconds - 1}.${String(1e9 - nanoseconds).padStart(9, '0')}`;
}

/** `LENGTH NAME=VALUE\n`, where the length counts its own digits. */
function record(name: string, value: Bytes): Buffer {
  const rest = toBuffer(` ${name}=${value}\n` as Bytes);
  let length = rest.length + 1;
  while (String(length).length + rest.length !== length) length += 1;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

function header(path: Bytes, type: string, size: number, target: Bytes, entry?: TarEntry): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, offset: number, width: number) => {
    const fits = value >= 0 && value < 8 ** (width - 1);
    block.write((fits ? value : 0).toString(8).padStart(width - 1, '0'), offset, 'latin1');
  };
  toBuffer(path).copy(block, 0, 0, 100);
  octal(entry?.mode ?? 0o644, 100, 8);
  octal(entry?.uid ?? 0, 108, 8);
  octal(entry?.gid ?? 0, 116, 8);
  octal(size, 124, 12);
  octal(entry?.mtime.seconds ?? 0, 136, 12);
  block.write(' '.repeat(8), 148, 'latin1');
  block.write(type, 156, 'latin1');
  toBuffer(target).copy(block, 157, 0, 100);
  block.write('ustar\x0000', 257, 'latin1');
  const { major, minor } = entry !== undefined && 'device' in entry ? entry.device : { major: 0, minor: 0 };
  octal(major, 329, 8);
  octal(minor, 337, 8);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

function padded(content: Buffer): Buffer {
  const rest = content.length % BLOCK;
  return rest === 0 ? content : Buffer.concat([content, Buffer.alloc(BLOCK - rest)]);
}
