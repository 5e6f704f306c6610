import { type Bytes, fromBuffer } from './bytes.js';

const TAGS = { owner: 0x01, user: 0x02, group: 0x04, mask: 0x10, other: 0x20 } as const;
const NOBODY_IN_PARTICULAR = 0xffffffff;

/**
 * An access control list in the kernel's extended-attribute form (linux/posix_acl_xattr.h,
 * acl(5)): the owner may do everything, one more user what `permissions` says (a mask of
 * 4, 2, 1), group and others nothing.
 */
export function aclGranting(user: number, permissions: number): Bytes {
  const entries = [
    [TAGS.owner, 7, NOBODY_IN_PARTICULAR],
    [TAGS.user, permissions, user],
    [TAGS.group, 0, NOBODY_IN_PARTICULAR],
    [TAGS.mask, permissions, NOBODY_IN_PARTICULAR],
    [TAGS.other, 0, NOBODY_IN_PARTICULAR],
  ] as const;
  const buffer = Buffer.alloc(4 + entries.length * 8);
  buffer.writeUInt32LE(2, 0); // version
  entries.forEach(([tag, allowed, id], index) => {
    buffer.writeUInt16LE(tag, 4 + index * 8);
    buffer.writeUInt16LE(allowed, 6 + index * 8);
    buffer.writeUInt32LE(id, 8 + index * 8);
  });
  return fromBuffer(buffer);
}

export const ACCESS_ACL = 'system.posix_acl_access' as Bytes;
export const DEFAULT_ACL = 'system.posix_acl_default' as Bytes;
