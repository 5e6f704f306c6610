import type { Bytes } from '../bytes.js';
import type { Identity } from '../files.js';

export const ACCESS_LIST = 'system.posix_acl_access' as Bytes;

const tag = { owner: 0x01, user: 0x02, owningGroup: 0x04, group: 0x08, mask: 0x10, other: 0x20 } as const;

interface AccessEntry {
  readonly tag: number;
  readonly permissions: number;
  readonly id: number;
}

/** The entries of an access control list as the kernel stores it (linux/posix_acl_xattr.h). */
export function parseAccessList(value: Buffer): readonly AccessEntry[] {
  const entries: AccessEntry[] = [];
  for (let at = 4; at + 8 <= value.length; at += 8) {
    entries.push({
      tag: value.readUInt16LE(at),
      permissions: value.readUInt16LE(at + 2),
      id: value.readUInt32LE(at + 4),
    });
  }
  return entries;
}

/** acl(5), "ACCESS CHECK ALGORITHM", for somebody who is not the owner. */
export function listAllows(
  list: readonly AccessEntry[],
  caller: Identity,
  owningGroup: number,
  wanted: number,
): boolean {
  const mask = list.find((entry) => entry.tag === tag.mask)?.permissions ?? 7;
  const named = list.find((entry) => entry.tag === tag.user && entry.id === caller.uid);
  if (named !== undefined) return (named.permissions & mask & wanted) === wanted;
  const groups = list.filter(
    (entry) =>
      (entry.tag === tag.owningGroup && isMember(caller, owningGroup)) ||
      (entry.tag === tag.group && isMember(caller, entry.id)),
  );
  if (groups.length > 0) return groups.some((entry) => (entry.permissions & mask & wanted) === wanted);
  const other = list.find((entry) => entry.tag === tag.other)?.permissions ?? 0;
  return (other & wanted) === wanted;
}

export function isMember({ gid, groups }: Identity, group: number): boolean {
  return gid === group || groups.includes(group);
}
