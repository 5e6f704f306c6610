import { join } from 'node:path';
import type { Availability } from '../../backend.js';
import { ImageError } from '../../images.js';
import { SystemError } from '../../system/errno.js';
import { runProgram } from '../../system/programs.js';
import { unsetting } from './unsetting.js';

/** The engine says no, in its own words. */
export class EngineError extends ImageError {
  /** What the client has ended with; null when it was ended. */
  readonly status: number | null;

  constructor(message: string, status: number | null) {
    super(message);
    this.status = status;
  }
}

/**
 * Asks an engine something by its command-line client: a function of the client's arguments, and of what it gets
 * on its standard input. The answer is what it prints.
 * @throws EngineError
 */
export interface Client {
  (parameters: readonly string[], input?: Buffer): string;
  /** The same as a command, for a process that goes on beside this one. */
  readonly command: (parameters: readonly string[]) => string[];
}

/** Nothing is there, and nobody can make it: the user's own configuration is neither read nor written. */
const noConfiguration = '/proc/none';

/**
 * A client of the engine at an address, as of `docker --host`.
 * @param limit milliseconds that an answer may take; 0 for none: who waits for an agent has a limit, and ends it.
 */
export function clientOf(
  program: string,
  address: string,
  whose: 'private' | 'of the user',
  limit: number,
): Client {
  const prefix = ['env', ...settings(whose), program, '--host', address, '--config', noConfiguration];
  return askingClient(program, prefix, limit);
}

/** What a client without buildx says before anything else, whatever has gone wrong: a paragraph. */
const oldBuilder = /^DEPRECATED: .*?\n\n/s;

/** @param prefix the command without the client's parameters. @param program what it is called in messages. */
export function askingClient(program: string, prefix: readonly string[], limit: number): Client {
  const command = (parameters: readonly string[]) => [...prefix, ...parameters];
  const ask = (parameters: readonly string[], input?: Buffer) => {
    const { status, output, stdout } = run(command(parameters), input, limit);
    if (status === 0) return stdout.trim();
    const said = output.replace(oldBuilder, '').trim() || `ended with ${status}`;
    throw new EngineError(`${program} ${parameters.slice(0, 2).join(' ')}: ${said}`, status);
  };
  return Object.assign(ask, { command });
}

/** The credentials that a client shows to an engine of the user are his. */
function settings(whose: 'private' | 'of the user'): readonly string[] {
  if (whose === 'private') return [...unsetting(/^DOCKER_/), 'DOCKER_BUILDKIT=0'];
  const { DOCKER_CERT_PATH: certificates, HOME: home = '/' } = process.env;
  return [
    ...unsetting(/^DOCKER_(?!TLS|CERT_PATH$)/),
    `DOCKER_CERT_PATH=${certificates ?? join(home, '.docker')}`,
    'DOCKER_BUILDKIT=0',
  ];
}

function run(command: readonly string[], input: Buffer | undefined, limit: number) {
  try {
    return runProgram(command, '/', input, limit);
  } catch (failure) {
    if (!(failure instanceof SystemError)) throw failure;
    const { errno, message } = failure;
    throw new EngineError(errno === 'ETIMEDOUT' ? `no answer within ${limit / 1000} s` : message, null);
  }
}

export type Unavailable = Extract<Availability, { kind: 'unavailable' }>;
