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
import type { Caller, Operation } from './request.js';

/** Answers the request in `input`: how many bytes of the reply's buffer are to be sent, 0 for none. */
export function dispatch(door: Door, input: Buffer): number {
  const caller = decodeCaller(input);
  door.reply.start(caller.unique);
  try {
    return answer(door, caller, decodeOperation(input));
  } catch (failure) {
    if (failure instanceof SystemError) return door.reply.error(failure.errno);
    process.stderr.write(`union-mount: a defect, answered with EIO: ${String((failure as Error).stack)}\n`);
    return door.reply.error('EIO');
  }
}

function answer(door: Door, caller: Caller, operation: Operation): number {
  switch (operation.kind) {
    case 'lookup':
      return lookUp(door, caller, operation);
    case 'forget':
      return forget(door, caller, operation);
    case 'getattr':
      return getAttributes(door, caller);
    case 'setattr':
      return setAttributes(door, caller, operation);
    case 'readlink':
      return readLink(door, caller);
    case 'symlink':
      return makeSymlink(door, caller, operation);
    case 'mknod':
      return makeNode(door, caller, operation);
    case 'mkdir':
      return makeDirectory(door, caller, operation);
    case 'unlink':
      return unlink(door, caller, operation);
    case 'rmdir':
      return removeDirectory(door, caller, operation);
    case 'rename':
      return rename(door, caller, operation);
    case 'link':
      return link(door, caller, operation);
    case 'open':
      return open(door, caller, operation);
    case 'create':
      return create(door, caller, operation);
    case 'tmpfile':
      return createUnnamed(door, caller, operation);
    case 'read':
      return read(door, caller, operation);
    case 'write':
      return write(door, caller, operation);
    case 'release':
      return release(door, caller, operation);
    case 'fsync':
      return sync(door, caller, operation);
    case 'fallocate':
      return allocateSpace(door, caller, operation);
    case 'lseek':
      return seekIn(door, caller, operation);
    case 'copy-file-range':
      return copyWithin(door, caller, operation);
    case 'opendir':
      return openDirectory(door, caller);
    case 'readdir':
    case 'readdirplus':
      return readDirectory(door, caller, operation);
    case 'releasedir':
      return releaseDirectory(door, caller, operation);
    case 'fsyncdir':
      return syncDirectory(door, caller);
    case 'getxattr':
      return getAttribute(door, caller, operation);
    case 'listxattr':
      return listAttributes(door, caller, operation);
    case 'setxattr':
      return setAttribute(door, caller, operation);
    case 'removexattr':
      return removeAttribute(door, caller, operation);
    case 'statfs':
      return statFileSystem(door);
    case 'init':
      return negotiate(door, caller, operation);
    case 'destroy':
      return door.reply.empty();
    case 'interrupt':
      return door.reply.none(); // what it would interrupt has been answered already
    case 'unknown':
      return door.reply.error('ENOSYS'); // the kernel does it itself then, or says that it cannot be done
  }
}
