/** Who may do what with extended attributes (xattr(7), fs/xattr.c). */
import type { Bytes } from '../bytes.js';
import { SystemError } from '../system/errno.js';
import type { Engine } from './engine.js';
import type { Entry } from './entry.js';
import { type Permissions, READ, WRITE } from './permissions.js';

const namespaces = ['user.', 'trusted.', 'security.', 'system.posix_acl_access', 'system.posix_acl_default'];
const NAME = 255;
const VALUE = 65536;

/** Only an administrator sees trusted attributes. */
export function isShown(permissions: Permissions, name: Bytes): boolean {
  return permissions.isAdministrator || !name.startsWith('trusted.');
}

export function readAttribute(engine: Engine, permissions: Permissions, entry: Entry, name: Bytes): Buffer {
  checkName(name);
  if (!isShown(permissions, name)) throw new SystemError('ENODATA', 'getxattr', entry.path);
  if (name.startsWith('user.')) {
    if (!carriesUserAttributes(entry)) throw new SystemError('ENODATA', 'getxattr', entry.path);
    permissions.require(entry, READ, 'getxattr');
  }
  return engine.getAttribute(entry, name);
}

/** Before an attribute is set, or, without a value, removed. */
export function changeAttribute(permissions: Permissions, entry: Entry, name: Bytes, value?: Buffer): void {
  checkName(name);
  if (value !== undefined && value.length > VALUE) throw new SystemError('E2BIG', 'setxattr', entry.path);
  const { kind, mode } = entry.stat;
  if (name.startsWith('system.')) {
    if (kind === 'symlink') throw new SystemError('EOPNOTSUPP', 'setxattr', entry.path);
    permissions.requireOwner(entry.stat, 'setxattr');
  } else if (name.startsWith('user.')) {
    if (!carriesUserAttributes(entry)) throw new SystemError('EPERM', 'setxattr', entry.path);
    if (kind === 'directory' && (mode & 0o1000) !== 0) permissions.requireOwner(entry.stat, 'setxattr');
    permissions.require(entry, WRITE, 'setxattr');
  } else if (!permissions.isAdministrator) throw new SystemError('EPERM', 'setxattr', entry.path);
}

function carriesUserAttributes({ stat: { kind } }: Entry): boolean {
  return kind === 'file' || kind === 'directory';
}

function checkName(name: Bytes): void {
  if (name.length > NAME || name === '') throw new SystemError('ERANGE', 'xattr');
  if (!namespaces.some((namespace) => name.startsWith(namespace))) {
    throw new SystemError('EOPNOTSUPP', 'xattr', name);
  }
}
