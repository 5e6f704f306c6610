import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { bytes } from '../../bytes.js';
import { openOuterProc } from '../../system/outer-processes.js';
import { findProgram } from '../../system/processes.js';
import { clientOf, EngineError, type Unavailable } from './client.js';
import { drivers } from './drivers.js';
import type { Engine } from './engine.js';
import { ANSWER_LIMIT_MS, ENGINE, PRIVATE } from './engine-choice.js';
import { groupOfRun } from './engine-groups.js';
import { lacking } from './engines.js';
import { layerDatabase } from './layer-database.js';
import { loyalClient } from './loyal-client.js';
import { dockerPackages } from './private-engine.js';
import { labelOf, optionsOf } from './run-label.js';
import type { StorageDriver } from './storage-driver.js';

/** What `docker info` says, as far as it is needed here. */
interface Facts {
  readonly ServerVersion: string;
  readonly Driver: string;
  readonly DriverStatus: readonly (readonly [name: string, value: string])[] | null;
  readonly DockerRootDir: string;
  readonly CgroupDriver: string;
  readonly SecurityOptions: readonly string[] | null;
}

/**
 * The engine that somebody runs on this machine. What is made in it has the run's label and is removed by its id;
 * nothing else of it is touched. Its layers are looked into where it keeps them, and its containers' processes are
 * found in the /proc beside the sandbox's.
 */
export function connectTo(address: string, driver: StorageDriver): Engine | Unavailable {
  if (findProgram('docker') === undefined) {
    return lacking('docker', dockerPackages);
  }
  const quick = clientOf('docker', address, 'of the user', ANSWER_LIMIT_MS);
  let facts: Facts;
  try {
    quick(['version']); // of an engine that is not there, `info` tells nothing and succeeds
    facts = JSON.parse(quick(['info', '--format', '{{json .}}'])) as Facts;
  } catch (failure) {
    if (!(failure instanceof EngineError)) throw failure;
    return {
      kind: 'unavailable',
      reason: `the engine at ${address} does not answer: ${lastLine(failure.message)}`,
      remedy: `start it, or set ${ENGINE}=${PRIVATE} for one of the run's own`,
    };
  }
  const refusal = refusalOf(facts, driver);
  if (refusal !== undefined) {
    const { reason, remedy } = refusal;
    return { kind: 'unavailable', reason: `the engine at ${address} ${reason}`, remedy };
  }
  let isLost = false;
  const state = () => (isLost ? 'dead' : 'alive');
  const isAnswering = () => {
    try {
      quick(['version']);
    } catch {
      isLost = true;
    }
    return !isLost;
  };
  const log = () => ''; // it belongs to the user
  const name = `engine-${randomUUID()}`;
  const label = labelOf(name);
  const client = clientOf('docker', address, 'of the user', 0);
  const root = bytes(facts.DockerRootDir);
  const backing = facts.DriverStatus?.find(([name]) => name === 'Backing Filesystem')?.[1];
  return {
    client: loyalClient(client, { state, log }, isAnswering),
    version: facts.ServerVersion,
    note: `the engine at ${address}${backing === undefined ? '' : `, layers on ${backing}`}`,
    directory: root,
    layers: layerDatabase(root, driver),
    proc: `/proc/self/fd/${openOuterProc()}`,
    shared: undefined,
    network: '/proc/self/ns/net', // on the machine, as the sandbox is
    label,
    containerOptions: [...optionsOf(label), ...groupOption(facts.CgroupDriver, name)],
    idleOptions: ['--network=none'],
    state,
    log,
    close() {},
  };
}

/** Below the run's group, where its CPU time can be measured; systemd takes slices of its own only. */
function groupOption(driver: string, name: string): readonly string[] {
  return driver === 'cgroupfs' ? [`--cgroup-parent=/${groupOfRun()}/${name}`] : [];
}

/** Why its layers and containers could not be looked into, or would be others than they are said to be. */
function refusalOf(
  { Driver, DockerRootDir, SecurityOptions }: Facts,
  driver: StorageDriver,
): Omit<Unavailable, 'kind'> | undefined {
  const ownEngine = `${ENGINE}=${PRIVATE} for an engine of the run's own`;
  if (Driver !== driver.name) {
    const known = drivers.some(({ name }) => name === Driver) ? `--backend=docker:${Driver}, or ` : '';
    return { reason: `has storage driver ${Driver}, not ${driver.name}`, remedy: known + ownEngine };
  }
  const users = SecurityOptions?.find((option) => /^name=(rootless|userns)\b/.test(option));
  if (users !== undefined) {
    const reason = `runs its containers in a user namespace (${users}): files have other owners in its layers`;
    return { reason, remedy: ownEngine };
  }
  const layers = `${DockerRootDir}/image/${Driver}/layerdb`;
  if (!existsSync(layers)) {
    const reason = `keeps its layers in ${layers}, which is not there to be looked into (ENOENT)`;
    return { reason, remedy: `run this where the engine runs, or set ${ownEngine}` };
  }
  return undefined;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
