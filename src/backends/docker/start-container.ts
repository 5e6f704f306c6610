import { MountError, type Union } from '../../backend.js';
import type { Bytes } from '../../bytes.js';
import { openDirectory } from '../../system/directory.js';
import { listProcesses } from '../../system/processes.js';
import { waitFor } from '../../system/wait.js';
import { EngineError } from './client.js';
import { firstProcessOf } from './container-processes.js';
import type { Engine } from './engine.js';

/** How long what an engine starts for a container may outlive it; milliseconds. */
const farewell = 2_000;

/**
 * Starts a container, and shows a directory of its root as a union: through `/proc/PID/root`, which is what the
 * container's processes see. It is held open, because only its own owner and root may pass through there.
 * @throws MountError
 */
export function startContainer(engine: Engine, id: string, place: Bytes): Union {
  const { client } = engine;
  const others = new Set(listProcesses());
  try {
    client(['container', 'start', id]);
  } catch (failure) {
    if (failure instanceof EngineError) throw new MountError(failure.message);
    throw failure;
  }
  const first = firstProcessOf(engine.proc, id);
  if (first === undefined) throw new MountError(`container ${id} has no process in ${engine.proc}`);
  const root = openDirectory(`${engine.proc}/${first}/root/${place}` as Bytes).open('' as Bytes, [
    'O_PATH',
    'O_DIRECTORY',
  ]);
  const mountPoint = `/proc/self/fd/${root.descriptor}/.` as Bytes;
  return {
    files: openDirectory(mountPoint),
    mountPoint,
    daemon: () => engine.state(),
    log: () => engine.log(),
    unmount() {
      root.close();
      if (engine.state() === 'dead') return; // and all containers with it
      client(['container', 'stop', id]);
      const isAlone = () => (listProcesses().every((pid) => others.has(pid)) ? true : undefined);
      waitFor(isAlone, farewell);
    },
  };
}
