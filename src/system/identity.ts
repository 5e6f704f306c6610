import type { Identity } from '../files.js';
import { SystemError } from './errno.js';
import { libc } from './libc.js';

/**
 * Makes this thread act on files as somebody else (setfsuid(2)): permission checks,
 * ownership of what is created, and what a FUSE daemon is told. The file capabilities of
 * root go with it and come back with it (capabilities(7)); ids of the process stay.
 * @throws SystemError EPERM when this process may not.
 */
export function becomeFileUser(identity: Identity | undefined): void {
  const { uid, gid, groups } = identity ?? {
    uid: process.geteuid?.() ?? 0,
    gid: process.getegid?.() ?? 0,
    groups: [],
  };
  if (identity === undefined) libc.setfsuid(uid);
  const list = Buffer.alloc(Math.max(4, groups.length * 4));
  groups.forEach((group, index) => {
    list.writeUInt32LE(group, index * 4);
  });
  const result = libc.setgroups(groups.length, list);
  if (result < 0 && identity !== undefined) throw new SystemError('EPERM', 'setgroups');
  libc.setfsgid(gid);
  libc.setfsuid(uid);
  // setfsuid(2) reports no error: asking again with an invalid id returns the one in force.
  if (libc.setfsuid(0xffffffff) !== uid) throw new SystemError('EPERM', 'setfsuid');
}
