/** What is asked over /dev/fuse, and by whom. */
import type { Bytes } from '../bytes.js';

/** Who asks, and about what: the header of a request. */
export interface Caller {
  readonly unique: number;
  readonly node: number;
  readonly uid: number;
  readonly gid: number;
  readonly pid: number;
}

/** Times of SETATTR: seconds since 1970 and nanoseconds. */
export interface SetTime {
  readonly seconds: number;
  readonly nanoseconds: number;
}

/** What is asked. Handles are numbers that an answer gave out before; `data` is only there until the next request. */
export type Operation =
  | { readonly kind: 'lookup' | 'unlink' | 'rmdir'; readonly name: Bytes }
  | { readonly kind: 'forget'; readonly nodes: readonly { readonly node: number; readonly count: number }[] }
  | {
      readonly kind: 'setattr';
      readonly valid: number;
      readonly handle: number;
      readonly size: number;
      readonly atime: SetTime;
      readonly mtime: SetTime;
      readonly mode: number;
      readonly uid: number;
      readonly gid: number;
    }
  | { readonly kind: 'getattr' | 'readlink' | 'statfs' | 'destroy' | 'interrupt' }
  | { readonly kind: 'symlink'; readonly name: Bytes; readonly target: Bytes }
  | {
      readonly kind: 'mknod';
      readonly name: Bytes;
      readonly mode: number;
      readonly device: number;
      readonly umask: number;
    }
  | { readonly kind: 'mkdir'; readonly name: Bytes; readonly mode: number; readonly umask: number }
  | {
      readonly kind: 'rename';
      readonly from: Bytes;
      readonly directory: number;
      readonly to: Bytes;
      readonly flags: number;
    }
  | { readonly kind: 'link'; readonly existing: number; readonly name: Bytes }
  | { readonly kind: 'open' | 'opendir'; readonly flags: number; readonly extraFlags: number }
  | {
      readonly kind: 'create' | 'tmpfile';
      readonly name: Bytes;
      readonly flags: number;
      readonly mode: number;
      readonly umask: number;
    }
  | {
      readonly kind: 'read' | 'readdir' | 'readdirplus';
      readonly handle: number;
      readonly offset: number;
      readonly size: number;
    }
  | {
      readonly kind: 'write';
      readonly handle: number;
      readonly offset: number;
      readonly flags: number;
      readonly data: Buffer;
    }
  | { readonly kind: 'release' | 'releasedir'; readonly handle: number }
  | { readonly kind: 'fsync' | 'fsyncdir'; readonly handle: number; readonly flags: number }
  | {
      readonly kind: 'setxattr';
      readonly name: Bytes;
      readonly value: Buffer;
      readonly flags: number;
      readonly extraFlags: number;
    }
  | { readonly kind: 'getxattr'; readonly name: Bytes; readonly size: number }
  | { readonly kind: 'listxattr'; readonly size: number }
  | { readonly kind: 'removexattr'; readonly name: Bytes }
  | {
      readonly kind: 'init';
      readonly major: number;
      readonly minor: number;
      readonly readAhead: number;
      readonly flags: number;
      readonly flags2: number;
    }
  | {
      readonly kind: 'fallocate';
      readonly handle: number;
      readonly offset: number;
      readonly length: number;
      readonly mode: number;
    }
  | { readonly kind: 'lseek'; readonly handle: number; readonly offset: number; readonly whence: number }
  | {
      readonly kind: 'copy-file-range';
      readonly handle: number;
      readonly offset: number;
      readonly toHandle: number;
      readonly toOffset: number;
      readonly length: number;
    }
  | { readonly kind: 'unknown'; readonly opcode: number };

/** The operation of a kind. */
export type Of<Kind extends Operation['kind']> = Having<Operation, Kind>;
type Having<Each extends Operation, Kind> = Each extends Operation
  ? Kind extends Each['kind']
    ? Each
    : never
  : never;
