import type { OpenFile, Stat } from '../files.js';

const CHUNK = 1 << 20;
/** Bytes from which on it pays to ask the kernel first. */
const WORTHWHILE = 1 << 17;

/**
 * Copies a file, or the first `bytes` bytes of it; holes stay holes (lseek(2), SEEK_DATA and
 * SEEK_HOLE).
 */
export function copyContent(from: OpenFile, stat: Stat, to: OpenFile, bytes: number): void {
  const end = Math.min(bytes, stat.size);
  const isDense = stat.blocks * 512 >= stat.size;
  const size = isDense ? copyRange(from, to, 0, end) : copyData(from, to, end);
  if (size !== end) to.truncate(end); // a hole at the end
}

/** @returns where the copy ends. */
function copyData(from: OpenFile, to: OpenFile, end: number): number {
  let position = 0;
  let size = 0;
  while (position < end) {
    const data = from.seek('data', position);
    if (data === undefined || data >= end) break;
    position = Math.min(from.seek('hole', data) ?? end, end);
    size = copyRange(from, to, data, position);
  }
  return size;
}

/** @returns where it has come to: the original may have become shorter. */
function copyRange(from: OpenFile, to: OpenFile, start: number, end: number): number {
  let position = copyInKernel(from, to, start, end);
  while (position < end) {
    const chunk = from.read(position, Math.min(CHUNK, end - position));
    if (chunk.length === 0) break;
    writeAll(to, position, chunk);
    position += chunk.length;
  }
  return position;
}

/** As far as the kernel can; where it has come to. */
function copyInKernel(from: OpenFile, to: OpenFile, start: number, end: number): number {
  let position = start;
  while (end - position >= WORTHWHILE) {
    const count = to.copyFrom?.(from, position, end - position);
    if (count === undefined || count === 0) break;
    position += count;
  }
  return position;
}

function writeAll(to: OpenFile, position: number, data: Buffer): void {
  for (let done = 0; done < data.length; ) done += to.write(position + done, data.subarray(done));
}
