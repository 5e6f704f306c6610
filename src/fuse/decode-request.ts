/** Requests as the kernel sends them: `struct fuse_in_header` and what belongs to each operation (linux/fuse.h). */
import type { Bytes } from '../bytes.js';
import { IN_HEADER, operations } from './protocol.js';
import type { Caller, Operation } from './request.js';

export function decodeCaller(input: Buffer): Caller {
  const words = wordsOf(input);
  return {
    unique: unsigned64(words, 2),
    node: unsigned64(words, 4),
    uid: words[6] ?? 0,
    gid: words[7] ?? 0,
    pid: words[8] ?? 0,
  };
}

/** The request that the first bytes of `input` are; extensions behind it, which nobody asked for, are left out. */
export function decodeOperation(input: Buffer): Operation {
  const words = wordsOf(input);
  const body = IN_HEADER;
  const word = (index: number) => words[body / 4 + index] ?? 0;
  const long = (index: number) => unsigned64(words, body / 4 + index);
  const time = (index: number, nanoseconds: number) => ({
    seconds: signed64(words, body / 4 + index),
    nanoseconds: word(nanoseconds),
  });
  const name = (offset: number) => text(input, body + offset);
  const opcode = words[1] ?? 0;
  switch (opcode) {
    case operations.lookup:
      return { kind: 'lookup', name: name(0) };
    case operations.forget:
      return { kind: 'forget', nodes: [{ node: unsigned64(words, 4), count: long(0) }] };
    case operations.batchForget:
      return {
        kind: 'forget',
        nodes: Array.from({ length: word(0) }, (_, index) => ({
          node: long(2 + 4 * index),
          count: long(4 + 4 * index),
        })),
      };
    case operations.getattr:
      return { kind: 'getattr' };
    case operations.setattr:
      return {
        kind: 'setattr',
        valid: word(0),
        handle: long(2),
        size: long(4),
        atime: time(8, 14),
        mtime: time(10, 15),
        mode: word(17),
        uid: word(19),
        gid: word(20),
      };
    case operations.readlink:
      return { kind: 'readlink' };
    case operations.symlink: {
      const link = name(0);
      return { kind: 'symlink', name: link, target: name(link.length + 1) };
    }
    case operations.mknod:
      return { kind: 'mknod', mode: word(0), device: word(1), umask: word(2), name: name(16) };
    case operations.mkdir:
      return { kind: 'mkdir', mode: word(0), umask: word(1), name: name(8) };
    case operations.unlink:
      return { kind: 'unlink', name: name(0) };
    case operations.rmdir:
      return { kind: 'rmdir', name: name(0) };
    case operations.rename: {
      const from = name(8);
      return { kind: 'rename', from, directory: long(0), to: name(8 + from.length + 1), flags: 0 };
    }
    case operations.rename2: {
      const from = name(16);
      return { kind: 'rename', from, directory: long(0), to: name(16 + from.length + 1), flags: word(2) };
    }
    case operations.link:
      return { kind: 'link', existing: long(0), name: name(8) };
    case operations.open:
      return { kind: 'open', flags: word(0), extraFlags: word(1) };
    case operations.opendir:
      return { kind: 'opendir', flags: word(0), extraFlags: word(1) };
    case operations.create:
      return { kind: 'create', flags: word(0), mode: word(1), umask: word(2), name: name(16) };
    case operations.tmpfile:
      return { kind: 'tmpfile', flags: word(0), mode: word(1), umask: word(2), name: name(16) };
    case operations.read:
      return { kind: 'read', handle: long(0), offset: long(2), size: word(4) };
    case operations.readdir:
      return { kind: 'readdir', handle: long(0), offset: long(2), size: word(4) };
    case operations.readdirplus:
      return { kind: 'readdirplus', handle: long(0), offset: long(2), size: word(4) };
    case operations.write:
      return {
        kind: 'write',
        handle: long(0),
        offset: long(2),
        flags: word(5),
        data: input.subarray(body + 40, body + 40 + word(4)),
      };
    case operations.release:
      return { kind: 'release', handle: long(0) };
    case operations.releasedir:
      return { kind: 'releasedir', handle: long(0) };
    case operations.fsync:
      return { kind: 'fsync', handle: long(0), flags: word(2) };
    case operations.fsyncdir:
      return { kind: 'fsyncdir', handle: long(0), flags: word(2) };
    case operations.setxattr: {
      const attribute = name(16);
      const value = body + 16 + attribute.length + 1;
      return {
        kind: 'setxattr',
        name: attribute,
        value: input.subarray(value, value + word(0)),
        flags: word(1),
        extraFlags: word(2),
      };
    }
    case operations.getxattr:
      return { kind: 'getxattr', size: word(0), name: name(8) };
    case operations.listxattr:
      return { kind: 'listxattr', size: word(0) };
    case operations.removexattr:
      return { kind: 'removexattr', name: name(0) };
    case operations.statfs:
      return { kind: 'statfs' };
    case operations.init:
      return {
        kind: 'init',
        major: word(0),
        minor: word(1),
        readAhead: word(2),
        flags: word(3),
        flags2: word(4),
      };
    case operations.destroy:
      return { kind: 'destroy' };
    case operations.interrupt:
      return { kind: 'interrupt' };
    case operations.fallocate:
      return { kind: 'fallocate', handle: long(0), offset: long(2), length: long(4), mode: word(6) };
    case operations.lseek:
      return { kind: 'lseek', handle: long(0), offset: long(2), whence: word(4) };
    case operations.copyFileRange:
      return {
        kind: 'copy-file-range',
        handle: long(0),
        offset: long(2),
        toHandle: long(6),
        toOffset: long(8),
        length: long(10),
      };
    default:
      return { kind: 'unknown', opcode };
  }
}

/** All requests come in the same buffer. */
let last: { readonly input: Buffer; readonly words: Uint32Array } = {
  input: Buffer.alloc(0),
  words: new Uint32Array(0),
};

function wordsOf(input: Buffer): Uint32Array {
  if (last.input !== input) {
    last = { input, words: new Uint32Array(input.buffer, input.byteOffset, input.length >> 2) };
  }
  return last.words;
}

/** Exact up to 2⁵³, as all numbers are that a kernel has reason to send here. */
function unsigned64(words: Uint32Array, index: number): number {
  return (words[index] ?? 0) + (words[index + 1] ?? 0) * 0x1_0000_0000;
}

function signed64(words: Uint32Array, index: number): number {
  return (words[index] ?? 0) + ((words[index + 1] ?? 0) | 0) * 0x1_0000_0000;
}

function text(input: Buffer, at: number): Bytes {
  return input.toString('latin1', at, input.indexOf(0, at)) as Bytes;
}
