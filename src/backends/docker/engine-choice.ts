/** Which engine a run works with: chosen once, so that all its processes have the same. */
import { statSync } from 'node:fs';
import { findProgram } from '../../system/processes.js';
import { clientOf, EngineError } from './client.js';
import { readAddress, usualAddress } from './engine-address.js';

/** The environment variable that holds the choice; a user may make it too. */
export const ENGINE = 'UNION_CONFORMANCE_ENGINE';

/** An engine that the run starts for itself. */
export const PRIVATE = 'private';

/** How long it may take to say that it is there; milliseconds. */
export const ANSWER_LIMIT_MS = 5_000;

/** The engine that is asked for, else the one that runs, else a private one. @throws UsageError */
export function chooseEngine(environment: NodeJS.ProcessEnv): string {
  const { [ENGINE]: chosen = '', DOCKER_HOST: host = '' } = environment;
  if (chosen === PRIVATE) return PRIVATE;
  if (chosen !== '') return readAddress(ENGINE, chosen);
  if (host !== '') return readAddress('DOCKER_HOST', host);
  return isRunning(usualAddress) ? usualAddress : PRIVATE;
}

/** The address of a running engine that was chosen; undefined for a private one. */
export function chosenAddress(): string | undefined {
  const { [ENGINE]: chosen = PRIVATE } = process.env;
  return chosen === PRIVATE ? undefined : chosen;
}

function isRunning(address: string): boolean {
  const socket = address.slice('unix://'.length);
  if (statSync(socket, { throwIfNoEntry: false })?.isSocket() !== true) return false;
  if (findProgram('docker') === undefined) return false;
  try {
    clientOf('docker', address, 'of the user', ANSWER_LIMIT_MS)(['version']);
    return true;
  } catch (failure) {
    if (failure instanceof EngineError) return false;
    throw failure;
  }
}
