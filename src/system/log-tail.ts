import { closeSync, openSync, readSync, statSync } from 'node:fs';

/** Bytes of the end of a log: enough for the last words, also of a daemon that talks all the time. */
const longest = 16_384;

/** The end of a log file; undefined when there is none. */
export function tailOf(path: Buffer): string | undefined {
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) return undefined;
  const end = Buffer.alloc(Math.min(size, longest));
  const descriptor = openSync(path, 'r');
  const length = readSync(descriptor, end, 0, end.length, size - end.length);
  closeSync(descriptor);
  return end.toString('utf8', 0, length);
}
