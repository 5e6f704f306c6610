import { type Bytes, fromBuffer, toBuffer } from '../bytes.js';
import type { Files, OpenFile } from '../files.js';
import { errnoOf, SystemError } from '../system/errno.js';
import { type Mapping, mapShared } from '../system/libc.js';
import { lockFile } from '../system/locks.js';
import { runProgram } from '../system/programs.js';
import { attributesOf } from '../tree/read-tree.js';
import { removeTree } from '../tree/remove-tree.js';
import { setFileProperty, setProperty } from './properties.js';
import type { Call, CallResult, Looked, Value } from './protocol.js';

/** What stays open between two calls of a scenario. */
export class OpenFiles {
  readonly #files = new Map<string, OpenFile>();
  readonly #mappings = new Map<string, Mapping>();

  add(name: string, file: OpenFile): void {
    this.#files.get(name)?.close();
    this.#files.set(name, file);
  }

  get(name: string): OpenFile {
    const file = this.#files.get(name);
    if (file === undefined) throw new Error(`no file was opened as ${name}`);
    return file;
  }

  map(name: string, length: number, writable: boolean): void {
    this.#mappings.get(name)?.unmap();
    this.#mappings.set(name, mapShared(this.descriptor(name), length, writable));
  }

  mapping(name: string): Buffer {
    const mapping = this.#mappings.get(name);
    if (mapping === undefined) throw new Error(`file ${name} was not mapped`);
    return mapping.memory;
  }

  descriptor(name: string): number {
    const { descriptor } = this.get(name);
    if (descriptor === undefined) throw new SystemError('EOPNOTSUPP', 'descriptor');
    return descriptor;
  }

  close(name: string): void {
    this.get(name).close();
    this.#files.delete(name);
  }

  closeAll(): void {
    for (const mapping of this.#mappings.values()) mapping.unmap();
    this.#mappings.clear();
    for (const name of [...this.#files.keys()]) this.close(name);
  }
}

/** A call on the files of a union: none that changes the union itself, or is about something else. */
export type FileCall = Exclude<Call, { call: 'change-branches' | 'control-group' }>;

/** Does one operation; a failure with an errno is a result, anything else is thrown. */
export function perform(
  call: FileCall,
  files: Files,
  open: OpenFiles,
  mountPoint: string | undefined,
): CallResult {
  try {
    return { ok: true, value: act(call, files, open, mountPoint) };
  } catch (failure) {
    return { ok: false, errno: errnoOf(failure) };
  }
}

function act(call: FileCall, files: Files, open: OpenFiles, mountPoint: string | undefined): Value {
  switch (call.call) {
    case 'look':
      return lookAt(files, call.path);
    case 'lookup': {
      const found = files.lookup(call.path);
      if (found === undefined) throw new SystemError('ENOENT', 'lstat');
      return found;
    }
    case 'list':
      return files.list(call.path);
    case 'read-file':
      return { data: readWhole(files, call.path) };
    case 'write-file': {
      const file = files.open(call.path, ['O_WRONLY', ...call.flags], 0o644);
      return closing(file, () => ({ number: file.write(call.offset, toBuffer(call.data)) }));
    }
    case 'unlink':
      return nothing(files.unlink(call.path));
    case 'rmdir':
      return nothing(files.removeDirectory(call.path));
    case 'remove-all':
      return nothing(removeTree(files, call.path, files.lookup(call.path)?.kind === 'directory'));
    case 'mkdir':
      return nothing(files.makeDirectory(call.path, call.mode));
    case 'mknod':
      return nothing(files.makeNode(call.path, call.kind, 0o644, call.device));
    case 'symlink':
      return nothing(files.makeSymlink(call.path, call.target));
    case 'link':
      return nothing(files.link(call.existing, call.path));
    case 'rename':
      return nothing(files.rename(call.from, call.to, call.mode));
    case 'truncate':
      return nothing(files.truncate(call.path, call.size));
    case 'set':
      return nothing(setProperty(files, call.path, call.property));
    case 'get-attribute':
      return { data: fromBuffer(files.getAttribute(call.path, call.name)) };
    case 'statfs':
      return files.statfs(call.path);
    case 'open':
      return nothing(open.add(call.file, files.open(call.path, call.flags, call.mode)));
    case 'read':
      return { data: fromBuffer(open.get(call.file).read(call.offset, call.length)) };
    case 'write':
      return { number: open.get(call.file).write(call.offset, toBuffer(call.data)) };
    case 'stat':
      return open.get(call.file).stat();
    case 'list-open':
      return open.get(call.file).list();
    case 'sync':
      return nothing(open.get(call.file).sync());
    case 'close':
      return nothing(open.close(call.file));
    case 'ftruncate':
      return nothing(open.get(call.file).truncate(call.size));
    case 'fset':
      return nothing(setFileProperty(open.get(call.file), call.property));
    case 'allocate':
      return nothing(open.get(call.file).allocate(call.mode, call.offset, call.length));
    case 'map':
      return nothing(open.map(call.file, call.length, call.writable));
    case 'read-map':
      return { data: fromBuffer(open.mapping(call.file)) };
    case 'write-map':
      toBuffer(call.data).copy(open.mapping(call.file), call.offset);
      return null;
    case 'lock':
      return nothing(lockFile(open.descriptor(call.file), call.how, call.exclusive));
    case 'run':
      if (mountPoint === undefined) throw new SystemError('EOPNOTSUPP', 'run');
      return runProgram(call.command, mountPoint, call.input);
  }
}

/** One entry with its target and attributes. @throws SystemError ENOENT */
export function lookAt(files: Files, path: Bytes): Looked {
  const stat = files.lookup(path);
  if (stat === undefined) throw new SystemError('ENOENT', 'lstat');
  return {
    stat,
    ...(stat.kind === 'symlink' ? { target: files.readLink(path) } : {}),
    attributes: attributesOf(files, path),
  };
}

function readWhole(files: Files, path: Bytes) {
  const file = files.open(path, ['O_RDONLY']);
  return closing(file, () => fromBuffer(file.read(0, file.stat().size)));
}

function closing<T>(file: OpenFile, use: () => T): T {
  try {
    return use();
  } finally {
    file.close();
  }
}

function nothing(_: unknown): null {
  return null;
}
