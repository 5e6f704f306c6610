/** Who asks, for the few rules that the kernel leaves to the file system. */
import { readFileSync } from 'node:fs';
import type { Stat } from '../files.js';
import type { Owner } from '../union/creation.js';
import type { Engine } from '../union/engine.js';
import type { Entry } from '../union/entry.js';
import type { UnionFile } from '../union/open-file.js';
import { ownIdentity, Permissions } from '../union/permissions.js';
import type { Door } from './door.js';
import type { Caller } from './request.js';

/** Of this process, which acts as nobody else. */
const own = ownIdentity();

/** Looks the groups up: for the little that the kernel has not checked. */
export function permissionsOf(engine: Engine, { uid, gid, pid }: Caller): Permissions {
  return new Permissions(engine, { uid, gid, groups: uid === 0 ? [] : groupsOf(pid) });
}

/** Who makes an entry, whose groups beside the first do not matter. */
export function creatorOf(engine: Engine, { uid, gid }: Caller): Permissions {
  return new Permissions(engine, { uid, gid, groups: [] });
}

/** Whom a new entry is given to; undefined: whom the branch gives it to, for it is this process that makes it. */
export function ownerIn({ engine }: Door, caller: Caller, directory: Entry): Owner | undefined {
  const owner = creatorOf(engine, caller).ownerIn(directory);
  return owner.uid === own.uid && owner.gid === own.gid ? undefined : owner;
}

/** After somebody without CAP_FSETID has written to a file: takes the set-user-ID and set-group-ID bits away. */
export function dropPrivileges(
  { engine }: Door,
  caller: Caller,
  file: Pick<UnionFile, 'setMode'>,
  stat: Stat,
): void {
  if ((stat.mode & 0o6000) === 0) return;
  const left = permissionsOf(engine, caller).modeAfterWrite(stat);
  if (left !== undefined) file.setMode(left);
}

/** proc_pid_status(5); a process that is not seen from here has none. */
function groupsOf(pid: number): readonly number[] {
  try {
    const [, groups = ''] = /^Groups:(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? [];
    return groups
      .split(/\s+/)
      .filter((group) => group !== '')
      .map(Number);
  } catch {
    return [];
  }
}
