/** The root file system of a home-made container: programs of this machine and what they need to start. */
import { readFileSync } from 'node:fs';
import { type Bytes, bytes, join, parentOf } from '../bytes.js';
import type { Files } from '../files.js';
import { SystemError } from '../system/errno.js';
import { findProgram } from '../system/processes.js';
import { runProgram } from '../system/programs.js';

/** What a container finds as directories to mount on, and to write to. */
const directories = ['bin', 'dev', 'etc', 'proc', 'shared', 'tmp'];

/** Names under which busybox is another program; the shell of it finds all others by itself. */
const applets = ['sh', 'ls', 'cat', 'ps', 'sleep', 'mount', 'kill', 'chroot', 'hostname'];

/** Directories, and each program in /bin with the libraries that ldd(1) names for it. */
export function plantRoot(branch: Files, path: Bytes, programs: readonly string[]): void {
  for (const name of directories) makeDirectories(branch, join(path, bytes(name)));
  branch.open(join(path, bytes('dev/null')), ['O_WRONLY', 'O_CREAT'], 0o666).close(); // to mount the host's on
  for (const program of programs) {
    plantProgram(branch, join(path, bytes(`bin/${program}`)), program);
    for (const library of librariesOf(program)) copy(library, branch, join(path, bytes(library.slice(1))));
    if (program !== 'busybox') continue;
    for (const name of applets) branch.makeSymlink(join(path, bytes(`bin/${name}`)), bytes('busybox'));
  }
}

/** A program of this machine, without what it needs. */
export function plantProgram(branch: Files, path: Bytes, program: string): void {
  copy(pathOf(program), branch, path);
}

const known = new Map<string, readonly string[]>();

/** Absolute paths; none for a program that is linked statically. @throws SystemError when there is no ldd(1). */
export function librariesOf(program: string): readonly string[] {
  const found = known.get(program) ?? namedByLdd(pathOf(program));
  known.set(program, found);
  return found;
}

/** `libc.so.6 => /lib/libc.so.6 (0x…)`, and `/lib64/ld-linux-x86-64.so.2 (0x…)` for the loader. */
function namedByLdd(path: string): readonly string[] {
  const { output } = runProgram(['ldd', path], '/');
  return [...output.matchAll(/(\/\S+) \(0x/g)].flatMap(([, library]) => library ?? []);
}

/** @throws SystemError ENOENT */
function pathOf(program: string): string {
  const path = findProgram(program);
  if (path === undefined) throw new SystemError('ENOENT', 'find', program);
  return path;
}

function copy(from: string, branch: Files, path: Bytes): void {
  makeDirectories(branch, parentOf(path));
  const file = branch.open(path, ['O_WRONLY', 'O_CREAT', 'O_TRUNC'], 0o755);
  file.write(0, readFileSync(from));
  file.close();
}

function makeDirectories(branch: Files, path: Bytes): void {
  if (path === '' || branch.lookup(path) !== undefined) return;
  makeDirectories(branch, parentOf(path));
  branch.makeDirectory(path, 0o755);
}
