import type { OpenFile, Stat } from '../files.js';

const CHUNK = 1 << 20;

/**
 * Copies the first `bytes` bytes of a file and gives the copy the size of the whole; holes
 * stay holes (lseek(2), SEEK_DATA and SEEK_HOLE).
 */
export function copyContent(from: OpenFile, stat: Stat, to: OpenFile, bytes: number): void {
  const end = Math.min(bytes, stat.size);
  if (stat.blocks * 512 >= stat.size) copyRange(from, to, 0, end);
  else copyData(from, to, end);
  // A hole at the end, or a part that is going to be cut off anyway.
  if (to.stat().size !== stat.size) to.truncate(stat.size);
}

function copyData(from: OpenFile, to: OpenFile, end: number): void {
  let position = 0;
  while (position < end) {
    const data = from.seek('data', position);
    if (data === undefined || data >= end) return;
    position = Math.min(from.seek('hole', data) ?? end, end);
    copyRange(from, to, data, position);
  }
}

function copyRange(from: OpenFile, to: OpenFile, start: number, end: number): void {
  for (let position = start; position < end; ) {
    const chunk = from.read(position, Math.min(CHUNK, end - position));
    if (chunk.length === 0) return;
    writeAll(to, position, chunk);
    position += chunk.length;
  }
}

function writeAll(to: OpenFile, position: number, data: Buffer): void {
  for (let done = 0; done < data.length; ) done += to.write(position + done, data.subarray(done));
}
