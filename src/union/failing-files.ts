/** Files that fail at one call, for tests of what a failure or a crash leaves behind. */
import type { Bytes } from '../bytes.js';
import type { Files, OpenFile } from '../files.js';
import { type Errno, SystemError } from '../system/errno.js';

/** The process ends here: whatever it does afterwards has no effect either. */
export class Crash extends Error {}

const changesOfFiles = new Set<string | symbol>([
  'makeDirectory',
  'makeNode',
  'makeSymlink',
  'link',
  'unlink',
  'removeDirectory',
  'rename',
  'truncate',
  'setMode',
  'setOwner',
  'setTimes',
  'setAttribute',
  'removeAttribute',
]);
const changesOfOpenFiles = new Set<string | symbol>([
  'write',
  'truncate',
  'allocate',
  'copyFrom',
  'setMode',
  'setOwner',
  'setTimes',
]);
/** What does not reach the file system, or must not fail. */
const harmless = new Set<string | symbol>(['close', 'actAs', 'then']);

/** What happens at a call, and which calls are counted. */
export interface Fault {
  readonly kind: 'crash' | Errno;
  /** ENOSPC and a crash matter only where something changes; EIO can come from anywhere. */
  readonly counts: 'changes' | 'calls';
}

/** When the fault happens; one for all branches of a union. */
export class Schedule {
  readonly #fault: Fault;
  #left = Number.POSITIVE_INFINITY;
  #over = false;

  constructor(fault: Fault) {
    this.#fault = fault;
  }

  /** The call after so many others is the one. */
  after(calls: number): void {
    this.#left = calls;
  }

  stop(): void {
    this.#left = Number.POSITIVE_INFINITY;
    this.#over = false;
  }

  /** Throws, if the call that is about to be made is the one; `partly` is what a crash in its middle does. */
  count(changes: boolean, call: string | symbol, partly: () => void): void {
    const { kind, counts } = this.#fault;
    if (this.#over && kind === 'crash') throw new Crash();
    if (counts === 'changes' && !changes) return;
    this.#left -= 1;
    if (this.#left >= 0 || this.#over) return;
    this.#over = true;
    if (kind !== 'crash') throw new SystemError(kind, String(call));
    partly();
    throw new Crash();
  }
}

/** The files of a branch, as long as the schedule lets them live. */
export function failing(files: Files, schedule: Schedule): Files {
  return intercepted(files, (method, values) => {
    if (method === 'open') {
      const [path, flags] = values as Parameters<Files['open']>;
      const changes = flags.some((flag) => flag === 'O_CREAT' || flag === 'O_TRUNC' || flag === 'O_TMPFILE');
      schedule.count(changes, method, () => {});
      return (opened: unknown) => failingFile(opened as OpenFile, path, schedule);
    }
    schedule.count(changesOfFiles.has(method), method, () => {});
    return undefined;
  });
}

function failingFile(file: OpenFile, path: Bytes, schedule: Schedule): OpenFile {
  return intercepted(file, (method, values) => {
    schedule.count(changesOfOpenFiles.has(method), method, () => {
      if (method !== 'write' || !path.startsWith('.wh.')) return;
      const [offset, data] = values as Parameters<OpenFile['write']>;
      file.write(offset, data.subarray(0, data.length >> 1)); // a copy may be half written; a user's write is theirs
    });
    return undefined;
  });
}

type Intercept = (
  method: string | symbol,
  values: readonly unknown[],
) => ((result: unknown) => unknown) | undefined;

/** Every call goes past `before`, which may throw, or say what becomes of the result. */
function intercepted<T extends object>(original: T, before: Intercept): T {
  return new Proxy(original, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function' || harmless.has(key)) {
        return typeof value === 'function' ? value.bind(target) : value;
      }
      return (...values: unknown[]) => {
        const change = before(key, values);
        const result: unknown = value.apply(target, values.map(unwrapped));
        return change === undefined ? result : originals(change(result), result);
      };
    },
  });
}

/** What a proxy stands for: the system calls that take two files want the files themselves. */
const behind = new WeakMap<object, unknown>();

function originals(proxy: unknown, original: unknown): unknown {
  if (typeof proxy === 'object' && proxy !== null) behind.set(proxy, original);
  return proxy;
}

function unwrapped(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? (behind.get(value) ?? value) : value;
}
