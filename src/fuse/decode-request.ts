/** Requests as the kernel sends them: `struct fuse_in_header` and what belongs to each operation (linux/fuse.h). */
import type { Bytes } from '../bytes.js';
import type { Time } from '../files.js';
import { IN_HEADER, operations } from './protocol.js';
import type { Caller, Operation } from './request.js';

export function decodeCaller(input: Buffer): Caller {
  const { header } = partsOf(input);
  return {
    unique: header.long(2),
    node: header.long(4),
    uid: header.word(6),
    gid: header.word(7),
    pid: header.word(8),
  };
}

/** The request that the first bytes of `input` are; extensions behind it, which nobody asked for, are left out. */
export function decodeOperation(input: Buffer): Operation {
  const { header, body } = partsOf(input);
  const opcode = header.word(1);
  switch (opcode) {
    case operations.lookup:
      return { kind: 'lookup', name: body.name(0) };
    case operations.forget:
      return { kind: 'forget', nodes: [{ node: header.long(4), count: body.long(0) }] };
    case operations.batchForget:
      return {
        kind: 'forget',
        nodes: Array.from({ length: body.word(0) }, (_, index) => ({
          node: body.long(2 + 4 * index),
          count: body.long(4 + 4 * index),
        })),
      };
    case operations.getattr:
      return { kind: 'getattr' };
    case operations.setattr:
      return {
        kind: 'setattr',
        valid: body.word(0),
        handle: body.long(2),
        size: body.long(4),
        atime: body.time(8, 14),
        mtime: body.time(10, 15),
        mode: body.word(17),
        uid: body.word(19),
        gid: body.word(20),
      };
    case operations.readlink:
      return { kind: 'readlink' };
    case operations.symlink: {
      const link = body.name(0);
      return { kind: 'symlink', name: link, target: body.name(link.length + 1) };
    }
    case operations.mknod:
      return {
        kind: 'mknod',
        mode: body.word(0),
        device: body.word(1),
        umask: body.word(2),
        name: body.name(16),
      };
    case operations.mkdir:
      return { kind: 'mkdir', mode: body.word(0), umask: body.word(1), name: body.name(8) };
    case operations.unlink:
      return { kind: 'unlink', name: body.name(0) };
    case operations.rmdir:
      return { kind: 'rmdir', name: body.name(0) };
    case operations.rename: {
      const from = body.name(8);
      return { kind: 'rename', from, directory: body.long(0), to: body.name(8 + from.length + 1), flags: 0 };
    }
    case operations.rename2: {
      const from = body.name(16);
      return {
        kind: 'rename',
        from,
        directory: body.long(0),
        to: body.name(16 + from.length + 1),
        flags: body.word(2),
      };
    }
    case operations.link:
      return { kind: 'link', existing: body.long(0), name: body.name(8) };
    case operations.open:
      return { kind: 'open', flags: body.word(0), extraFlags: body.word(1) };
    case operations.opendir:
      return { kind: 'opendir', flags: body.word(0), extraFlags: body.word(1) };
    case operations.create:
      return {
        kind: 'create',
        flags: body.word(0),
        mode: body.word(1),
        umask: body.word(2),
        name: body.name(16),
      };
    case operations.tmpfile:
      return {
        kind: 'tmpfile',
        flags: body.word(0),
        mode: body.word(1),
        umask: body.word(2),
        name: body.name(16),
      };
    case operations.read:
      return { kind: 'read', handle: body.long(0), offset: body.long(2), size: body.word(4) };
    case operations.readdir:
      return { kind: 'readdir', handle: body.long(0), offset: body.long(2), size: body.word(4) };
    case operations.readdirplus:
      return { kind: 'readdirplus', handle: body.long(0), offset: body.long(2), size: body.word(4) };
    case operations.write:
      return {
        kind: 'write',
        handle: body.long(0),
        offset: body.long(2),
        flags: body.word(5),
        data: body.bytes(40, body.word(4)),
      };
    case operations.release:
      return { kind: 'release', handle: body.long(0) };
    case operations.releasedir:
      return { kind: 'releasedir', handle: body.long(0) };
    case operations.fsync:
      return { kind: 'fsync', handle: body.long(0), flags: body.word(2) };
    case operations.fsyncdir:
      return { kind: 'fsyncdir', handle: body.long(0), flags: body.word(2) };
    case operations.setxattr: {
      const attribute = body.name(16);
      return {
        kind: 'setxattr',
        name: attribute,
        value: body.bytes(16 + attribute.length + 1, body.word(0)),
        flags: body.word(1),
        extraFlags: body.word(2),
      };
    }
    case operations.getxattr:
      return { kind: 'getxattr', size: body.word(0), name: body.name(8) };
    case operations.listxattr:
      return { kind: 'listxattr', size: body.word(0) };
    case operations.removexattr:
      return { kind: 'removexattr', name: body.name(0) };
    case operations.statfs:
      return { kind: 'statfs' };
    case operations.init:
      return {
        kind: 'init',
        major: body.word(0),
        minor: body.word(1),
        readAhead: body.word(2),
        flags: body.word(3),
        flags2: body.word(4),
      };
    case operations.destroy:
      return { kind: 'destroy' };
    case operations.interrupt:
      return { kind: 'interrupt' };
    case operations.fallocate:
      return {
        kind: 'fallocate',
        handle: body.long(0),
        offset: body.long(2),
        length: body.long(4),
        mode: body.word(6),
      };
    case operations.lseek:
      return { kind: 'lseek', handle: body.long(0), offset: body.long(2), whence: body.word(4) };
    case operations.copyFileRange:
      return {
        kind: 'copy-file-range',
        handle: body.long(0),
        offset: body.long(2),
        toHandle: body.long(6),
        toOffset: body.long(8),
        length: body.long(10),
      };
    default:
      return { kind: 'unknown', opcode };
  }
}

/** What is in a part of a request: numbers by their place in words of 32 bits, the rest in bytes. */
class Part {
  readonly #bytes: Buffer;
  readonly #words: Uint32Array;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  }

  word(index: number): number {
    return this.#words[index] ?? 0;
  }

  /** Exact up to 2⁵³, as all numbers are that a kernel has reason to send here. */
  long(index: number): number {
    return this.word(index) + this.word(index + 1) * 0x1_0000_0000;
  }

  time(index: number, nanoseconds: number): Time {
    const seconds = this.word(index) + (this.word(index + 1) | 0) * 0x1_0000_0000;
    return { seconds, nanoseconds: this.word(nanoseconds) };
  }

  name(at: number): Bytes {
    return this.#bytes.toString('latin1', at, this.#bytes.indexOf(0, at)) as Bytes;
  }

  bytes(at: number, length: number): Buffer {
    return this.#bytes.subarray(at, at + length);
  }
}

interface Parts {
  readonly input: Buffer;
  readonly header: Part;
  readonly body: Part;
}

/** Of the last request: all come in the same buffer. */
let parts: Parts | undefined;

function partsOf(input: Buffer): Parts {
  if (parts?.input !== input) {
    parts = { input, header: new Part(input), body: new Part(input.subarray(IN_HEADER)) };
  }
  return parts;
}
