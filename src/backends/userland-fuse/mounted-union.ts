import { rmSync } from 'node:fs';
import { type Backend, defineBackend, MountError, type Sandbox } from '../../backend.js';
import { toBuffer } from '../../bytes.js';
import { probeBranches } from '../../description/probe-branches.js';
import { missingDevice, missingNamespace } from '../../description/what-is-missing.js';
import { dotWh } from '../../formats/dot-wh.js';
import { changeBranches } from '../../fuse/control.js';
import { openDirectory } from '../../system/directory.js';
import { isMountPoint, unmountFileSystem } from '../../system/mount.js';
import userland from '../userland/backend.js';
import { inHouseCapabilities } from '../userland/capabilities.js';
import { ServerProcess } from './server-process.js';

export interface Mounted {
  readonly name: string;
  readonly title: string;
  /** What serves the unions, if it is not what `union-mount` has for that. */
  readonly worker?: URL;
}

/** A backend of the in-house union as programs see it. */
export function mountedUnion({ name, title, worker }: Mounted): Backend {
  let server: ServerProcess | undefined;

  const mount: Backend['mount'] = (branches, sandbox, options = {}) => {
    const missing = whatIsMissing(sandbox);
    if (missing !== undefined) throw new MountError(`${missing.reason}: ${missing.remedy}`);
    if (server?.isAlive !== true) server = new ServerProcess(sandbox.directory, worker);
    const serving = server;
    const { mountPoint } = sandbox;
    const all = { directAccess: 'reval', ...options } as const; // the default of aufs
    serving.ask({ kind: 'mount', mount: { branches, options: all, mountPoint } });
    const files = openDirectory(mountPoint);
    return {
      files,
      mountPoint,
      daemon: () => (serving.isAlive ? 'alive' : 'dead'),
      log: () => serving.log(),
      changeBranches: (change) => changeBranches(files, change),
      unmount() {
        if (isMountPoint(mountPoint)) unmountFileSystem(mountPoint);
        if (serving.isAlive) serving.ask({ kind: 'wait' });
      },
    };
  };

  return defineBackend({
    name,
    title,
    capabilities: [...inHouseCapabilities, 'visible-to-programs'],
    format: dotWh,

    start(place) {
      const missing = whatIsMissing(place);
      if (missing !== undefined) return { kind: 'unavailable', ...missing };
      server = new ServerProcess(place.directory, worker);
      return userland.probe({ ...place, mountPoint: place.directory });
    },

    probe(sandbox) {
      const branches = probeBranches(sandbox);
      try {
        mount(branches, sandbox).unmount();
        return userland.probe(sandbox);
      } catch (failure) {
        if (!(failure instanceof MountError)) throw failure;
        return { kind: 'unavailable', reason: failure.message, remedy: 'npx union-mount tells more' };
      } finally {
        for (const { path } of branches) rmSync(toBuffer(path), { recursive: true, force: true });
      }
    },

    mount,
  });
}

function whatIsMissing(sandbox: Pick<Sandbox, 'isolated'>) {
  return missingNamespace(sandbox) ?? missingDevice({ device: '/dev/fuse' });
}
