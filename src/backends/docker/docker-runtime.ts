import { randomUUID } from 'node:crypto';
import { imageArchive } from '../../archive/image.js';
import { entriesOf, layerOf } from '../../archive/layer.js';
import { type Branch, isWritable, type Sandbox, type Union } from '../../backend.js';
import { type Bytes, display } from '../../bytes.js';
import {
  type Container,
  ContainerError,
  type ContainerRuntime,
  type ContainerSpec,
} from '../../container.js';
import { openDirectory } from '../../system/directory.js';
import { SystemError } from '../../system/errno.js';
import { runOrFail } from '../../system/programs.js';
import { EngineError } from './client.js';
import type { Engine } from './engine.js';
import { EngineContainer } from './engine-container.js';
import type { StorageDriver } from './storage-driver.js';
import { Undo } from './undo.js';

type Place = Pick<Sandbox, 'directory'>;

/**
 * Containers of the engine itself, with the branches of a union as `/`: the read-only ones are layers of an image, and
 * what the writable one holds when the container is created is copied to its own layer. As an engine has it, what a
 * container writes then is nobody else's.
 */
export function dockerContainers(
  running: () => Engine,
  driver: StorageDriver,
  branchesOf: (union: Union) => readonly Branch[],
): ContainerRuntime {
  return {
    capabilities: ['containers'],
    start(union, spec, command, place) {
      const missing = whatIsMissing(spec);
      if (missing !== undefined) throw new ContainerError(missing);
      try {
        return startContainer(running(), driver, branchesOf(union), spec, command, place);
      } catch (failure) {
        if (failure instanceof EngineError || failure instanceof SystemError) {
          throw new ContainerError(failure.message);
        }
        throw failure;
      }
    },
  };
}

/** An engine makes whole containers. */
function whatIsMissing({ namespaces, root, proc, uptimeOffset }: ContainerSpec): string | undefined {
  const whole = ['mount', 'pid', 'uts', 'ipc', 'network'];
  const lacking = whole.find((name) => !namespaces.some((each) => each === name));
  if (lacking !== undefined) return `a container of an engine has a ${lacking} namespace of its own`;
  const further = namespaces.find((name) => !whole.includes(name));
  if (further !== undefined || uptimeOffset !== undefined) {
    return `no option of the engine gives a single container a ${further ?? 'time'} namespace`;
  }
  if (root !== 'pivot_root') return 'an engine changes the root by pivot_root(2)';
  return proc ? undefined : 'an engine mounts /proc in every container';
}

function startContainer(
  engine: Engine,
  driver: StorageDriver,
  branches: readonly Branch[],
  spec: ContainerSpec,
  command: readonly string[],
  place: Place,
): Container {
  const { client } = engine;
  const [labelName, label] = engine.label;
  // The highest of copies is one of all that the union shows.
  const upper = driver.layers === 'copies' ? undefined : branches.find(isWritable);
  const layers = (driver.layers === 'copies' ? branches.slice(0, 1) : branches)
    .filter((branch) => branch !== upper)
    .map(({ path }) => layerOf(entriesOf(openDirectory(path), '' as Bytes).slice(1)))
    .reverse();
  // Two containers of one union have an image each, so that either can be removed without the other.
  const labels = { [labelName]: label, container: randomUUID() };
  const { archive, id: image } = imageArchive({ layers, command: [], labels });
  const undo = new Undo();
  try {
    client(['image', 'load', '--quiet'], archive);
    undo.push(() => client(['image', 'rm', '--force', image]));
    const options = ['--network=none', ...engine.containerOptions, ...optionsOf(spec)];
    const id = client(['container', 'create', ...options, image, ...command]);
    undo.push(() => client(['container', 'rm', '--force', '--volumes', id]));
    if (upper !== undefined) {
      const own = engine.layers.stackOf(id).container;
      runOrFail(['cp', '--archive', '--no-target-directory', '--', upper.path, own], '/');
    }
    return new EngineContainer(engine, id, place.directory, () => undo.all());
  } catch (failure) {
    throw undo.because(failure);
  }
}

function optionsOf({ hostname, directories, controlGroups }: ContainerSpec): string[] {
  const volumes = directories.map(({ source, target, readOnly, propagation }) => {
    const mode = propagation === 'private' ? 'rprivate' : `r${propagation}`;
    return `--volume=${display(source)}:${display(target)}:${readOnly ? 'ro' : 'rw'},${mode}`;
  });
  return [
    ...(hostname === undefined ? [] : [`--hostname=${hostname}`]),
    ...volumes,
    ...controlGroups.slice(0, 1).map((directory) => `--cgroup-parent=${belowRoot(directory)}`),
  ];
}

/** `/NAME/GROUP` of `/sys/fs/cgroup/cpu/NAME/GROUP`: an engine takes one path for all hierarchies. */
function belowRoot(directory: Bytes): string {
  return `/${display(directory).split('/').slice(5).join('/')}`;
}
