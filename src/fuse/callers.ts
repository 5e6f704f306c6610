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

/** Without the groups beside the first: the kernel has checked permissions. */
export function permissionsOf(engine: Engine, { uid, gid }: Caller): Permissions {
  return new Permissions(engine, { uid, gid, groups: [] });
}

/** Whom a new entry is given to; undefined: whom the branch gives it to, for it is this process that makes it. */
export function ownerIn({ engine }: Door, caller: Caller, directory: Entry): Owner | undefined {
  const owner = permissionsOf(engine, caller).ownerIn(directory);
  const own = ownIdentity();
  return owner.uid === own.uid && owner.gid === own.gid ? undefined : owner;
}

/** After somebody without CAP_FSETID has written to a file: takes the set-user-ID and set-group-ID bits away. */
export function dropPrivileges(
  { engine }: Door,
  { uid, gid, pid }: Caller,
  file: Pick<UnionFile, 'setMode'>,
  stat: Stat,
): void {
  if ((stat.mode & 0o6000) === 0) return;
  const left = new Permissions(engine, { uid, gid, groups: groupsOf(pid) }).modeAfterWrite(stat);
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
