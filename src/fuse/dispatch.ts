import { SystemError } from '../system/errno.js';
import { setAttributes } from './attribute-changes.js';
import { allocateSpace, copyWithin, open, read, release, seekIn, sync, write } from './content.js';
import { create, createUnnamed, makeDirectory, makeNode, makeSymlink } from './creation.js';
import { decodeCaller, decodeOperation } from './decode-request.js';
import type { Door } from './door.js';
import { getAttribute, listAttributes, removeAttribute, setAttribute } from './extended-attributes.js';
import { getAttributes, readLink, statFileSystem } from './inodes.js';
import { openDirectory, readDirectory, releaseDirectory, syncDirectory } from './listings.js';
import { forget, link, lookUp, removeDirectory, rename, unlink } from './names.js';
import { negotiate } from './negotiation.js';
import type { Caller, Of, Operation } from './request.js';

type Answer<Kind extends Operation['kind']> = (door: Door, caller: Caller, operation: Of<Kind>) => number;

/** How many bytes of the reply's buffer are to be sent. */
const answers: { readonly [Kind in Operation['kind']]: Answer<Kind> } = {
  lookup: lookUp,
  forget,
  getattr: getAttributes,
  setattr: setAttributes,
  readlink: readLink,
  symlink: makeSymlink,
  mknod: makeNode,
  mkdir: makeDirectory,
  unlink,
  rmdir: removeDirectory,
  rename,
  link,
  open,
  create,
  tmpfile: createUnnamed,
  read,
  write,
  release,
  fsync: sync,
  fallocate: allocateSpace,
  lseek: seekIn,
  'copy-file-range': copyWithin,
  opendir: openDirectory,
  readdir: readDirectory,
  readdirplus: readDirectory,
  releasedir: releaseDirectory,
  fsyncdir: syncDirectory,
  getxattr: getAttribute,
  listxattr: listAttributes,
  setxattr: setAttribute,
  removexattr: removeAttribute,
  statfs: statFileSystem,
  init: negotiate,
  destroy: ({ reply }) => reply.empty(),
  interrupt: ({ reply }) => reply.none(), // what it would interrupt has been answered already
  unknown: ({ reply }) => reply.error('ENOSYS'), // the kernel does it itself then, or says that it cannot be done
};

/** Answers the request in `input`: how many bytes of the reply's buffer are to be sent, 0 for none. */
export function dispatch(door: Door, input: Buffer): number {
  const caller = decodeCaller(input);
  door.reply.start(caller.unique);
  try {
    const operation = decodeOperation(input);
    return (answers[operation.kind] as Answer<Operation['kind']>)(door, caller, operation as never);
  } catch (failure) {
    if (failure instanceof SystemError) return door.reply.error(failure.errno);
    process.stderr.write(`union-mount: a defect, answered with EIO: ${String((failure as Error).stack)}\n`);
    return door.reply.error('EIO');
  }
}
