/** A union over throw-away directories, for unit tests. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BranchMode } from '../backend.js';
import { type Bytes, bytes } from '../bytes.js';
import type { Files } from '../files.js';
import { openDirectory } from '../system/directory.js';
import { Engine, type EngineClass } from './engine.js';
import { InProcess } from './in-process.js';

/** By path: the content of a file, `-> target` of a symbolic link; a path with a slash at the end is a directory. */
export type Contents = Readonly<Record<string, string>>;

export class TemporaryUnion {
  readonly directory = mkdtempSync(join(tmpdir(), 'union-'));
  readonly branches: readonly { readonly files: Files; readonly mode: BranchMode }[];
  readonly #Engine: EngineClass;
  #engine: Engine;
  files: Files;

  /** `through`: what the engine sees of the files of a branch; `prepare`: what is done to them before. */
  constructor(
    branches: readonly (readonly [mode: BranchMode, contents: Contents])[],
    EngineOf: EngineClass = Engine,
    through: (files: Files) => Files = (files) => files,
    prepare: (branches: readonly Files[]) => void = () => {},
  ) {
    const made = branches.map(([mode, contents], index) => {
      const path = join(this.directory, String(index));
      mkdirSync(path);
      const files = openDirectory(bytes(path));
      fill(files, path, contents);
      return { files, mode };
    });
    prepare(made.map(({ files }) => files));
    this.branches = made.map(({ files, mode }) => ({ files: through(files), mode }));
    this.#Engine = EngineOf;
    this.#engine = new EngineOf(this.branches);
    this.#engine.mount();
    this.files = new InProcess(this.#engine);
  }

  get engine(): Engine {
    return this.#engine;
  }

  branch(index: number): Files {
    const branch = this.branches[index];
    if (branch === undefined) throw new RangeError(`there is no branch ${index}`);
    return branch.files;
  }

  remount(): void {
    this.#engine.unmount();
    this.crash();
  }

  /** A new mount of what is in the branches, without an unmount before it. */
  crash(): void {
    this.#engine = new this.#Engine(this.branches);
    this.#engine.mount();
    this.files = new InProcess(this.#engine);
  }

  [Symbol.dispose](): void {
    this.#engine.unmount();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

function fill(files: Files, root: string, contents: Contents): void {
  for (const [path, content] of Object.entries(contents)) {
    mkdirSync(join(root, path.endsWith('/') ? path : dirname(path)), { recursive: true });
    if (path.endsWith('/')) continue;
    if (content.startsWith('-> ')) files.makeSymlink(bytes(path), bytes(content.slice(3)));
    else write(files, path, content);
  }
}

export function write(files: Files, path: string, content: string): void {
  const file = files.open(bytes(path), ['O_WRONLY', 'O_CREAT', 'O_TRUNC']);
  file.write(0, Buffer.from(content));
  file.close();
}

export function append(files: Files, path: string, content: string): void {
  const file = files.open(bytes(path), ['O_WRONLY', 'O_APPEND']);
  file.write(0, Buffer.from(content));
  file.close();
}

export function read(files: Files, path: string): string {
  const file = files.open(bytes(path), ['O_RDONLY']);
  try {
    return file.read(0, file.stat().size).toString();
  } finally {
    file.close();
  }
}

export function exists(files: Files, path: string): boolean {
  return files.lookup(bytes(path)) !== undefined;
}

/** The names of a directory, sorted. */
export function names(files: Files, path = ''): string {
  return files
    .list(bytes(path))
    .map(({ name }) => name as string)
    .sort()
    .join(' ');
}

/** All paths of a branch, without what a mount makes, sorted. */
export function paths(files: Files, path = '' as Bytes): string {
  const found: string[] = [];
  const walk = (directory: string): void => {
    for (const { name, kind } of files.list(directory as Bytes)) {
      const child = directory === '' ? name : `${directory}/${name}`;
      if (/^\.wh\.\.wh\.(aufs|orph|plnk|xino)$/.test(name)) continue;
      found.push(kind === 'directory' ? `${child}/` : child);
      if (kind === 'directory') walk(child);
    }
  };
  walk(path);
  return found.sort().join(' ');
}
