import { type Branch, MountError } from '../backend.js';
import { type Bytes, display } from '../bytes.js';
import { openDirectory } from '../system/directory.js';
import { errnoName, SystemError } from '../system/errno.js';
import { statPath } from '../system/stat.js';

/**
 * Looks whether a union of these branches can be mounted there. All paths are absolute and without
 * symbolic links.
 * @throws MountError; in particular when the union would lie in a branch of its own, or the other
 * way round: it would have to wait for itself.
 */
export function checkMountPoint(mountPoint: Bytes, branches: readonly Branch[]): void {
  const place = display(mountPoint);
  if (!isServed(mountPoint)) {
    throw new MountError(
      `${place}: a file system whose daemon was killed is still mounted there: umount ${place}`,
    );
  }
  const stat = statPath(mountPoint);
  if (typeof stat === 'number') throw new MountError(`${place}: ${errnoName(-stat)}`);
  if (stat.kind !== 'directory') throw new MountError(`${place}: it is a ${stat.kind}, not a directory`);
  for (const { path } of branches) {
    const branch = display(path);
    if (isWithin(mountPoint, path)) {
      throw new MountError(`${place}: it lies in the branch ${branch}: mount the union somewhere else`);
    }
    if (isWithin(path, mountPoint)) {
      throw new MountError(`${place}: the union would hide its branch ${branch}: mount it somewhere else`);
    }
  }
}

/** By statfs(2), which is never answered from memory. */
function isServed(path: Bytes): boolean {
  try {
    openDirectory(path).statfs('' as Bytes);
    return true;
  } catch (failure) {
    return !(failure instanceof SystemError && failure.errno === 'ENOTCONN');
  }
}

function isWithin(path: Bytes, ancestor: Bytes): boolean {
  return path === ancestor || path.startsWith(ancestor === '/' ? '/' : `${ancestor}/`);
}
