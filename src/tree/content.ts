import { createHash } from 'node:crypto';
import { type Bytes, bytes, fromBuffer } from '../bytes.js';

const LIMIT = 65536;

/** A file's content as an `Entry` keeps it: whole up to 64 KiB, above that its digest and size. */
export function summarise(content: Buffer): Bytes {
  if (content.length <= LIMIT) return fromBuffer(content);
  return `sha256:${createHash('sha256').update(content).digest('hex')} of ${content.length} bytes` as Bytes;
}

/** What `(N bytes)` in a table stands for: N bytes that differ from page to page and from block to block. */
export function patternOf(size: number): Buffer {
  const known = patterns.get(size);
  if (known !== undefined) return known;
  const buffer = Buffer.alloc(size);
  for (let at = 0; at < size; at += 16) buffer.write(at.toString(16).padStart(15, '.'), at, 'latin1');
  patterns.set(size, buffer);
  return buffer;
}

const patterns = new Map<number, Buffer>();

/** A table cell's text as content: `\n` is a line feed, `\xHH` one byte. */
export function contentOf(text: string): Bytes {
  return bytes(text.replaceAll('\\n', '\n'));
}
