import { closeSync, openSync, readSync } from 'node:fs';
import type { Footer, Header, Result } from '../outcome.js';

/**
 * Reads a `results.ndjson` that another process writes.
 * @returns a function that gives the records that came since it was called last; none while there is no file.
 */
export function followResults(path: string): () => readonly (Header | Result | Footer)[] {
  let read = 0;
  let rest = Buffer.alloc(0);
  return () => {
    const more = readFrom(path, read);
    read += more.length;
    const text = Buffer.concat([rest, more]);
    const end = text.lastIndexOf(10) + 1;
    rest = text.subarray(end);
    return text
      .subarray(0, end)
      .toString()
      .split('\n')
      .filter((line) => line !== '')
      .flatMap(recordIn);
  };
}

/** What is no record is for who reads the whole report; here it is only not shown. */
function recordIn(line: string): readonly (Header | Result | Footer)[] {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}

function readFrom(path: string, offset: number): Buffer {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return Buffer.alloc(0); // not there yet
  }
  try {
    const chunks: Buffer[] = [];
    for (let at = offset; ; ) {
      const chunk = Buffer.alloc(65536);
      const length = readSync(file, chunk, 0, chunk.length, at);
      if (length === 0) return Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, length));
      at += length;
    }
  } finally {
    closeSync(file);
  }
}
