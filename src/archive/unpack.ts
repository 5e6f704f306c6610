import { mkdirSync } from 'node:fs';
import { ImageError } from '../images.js';
import { runProgram } from '../system/programs.js';

/**
 * Unpacks an archive, compressed or not, into a directory that is made for it.
 * @throws ImageError when it is none.
 */
export function unpack(archive: string, directory: string): void {
  mkdirSync(directory);
  const { status, output } = runProgram(
    ['tar', '--extract', '--file', archive, '--directory', directory],
    '/',
  );
  if (status !== 0) throw new ImageError(`tar: ${output.trim()}`);
}
