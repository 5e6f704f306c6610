import type { Availability } from '../../backend.js';
import { ImageError } from '../../images.js';
import { SystemError } from '../../system/errno.js';
import { runProgram } from '../../system/programs.js';

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

/** What of the user's environment would send the client to another engine, or make it speak otherwise. */
const foreign = ['DOCKER_CONTEXT', 'DOCKER_TLS_VERIFY', 'DOCKER_CERT_PATH', 'DOCKER_API_VERSION'];

/**
 * A client of the engine at an address, `unix:///…`.
 * @param directory of its configuration, so that the user's own is neither read nor written.
 */
export function clientOf(program: string, address: string, directory: string): Client {
  const environment = [...foreign.flatMap((name) => ['-u', name]), 'DOCKER_BUILDKIT=0'];
  const prefix = ['env', ...environment, program, '--host', address, '--config', directory];
  const command = (parameters: readonly string[]) => [...prefix, ...parameters];
  const ask = (parameters: readonly string[], input?: Buffer) => {
    const { status, output, stdout } = run(command(parameters), directory, input);
    if (status === 0) return stdout.trim();
    throw new EngineError(
      `${program} ${parameters[0] ?? ''}: ${output.trim() || `ended with ${status}`}`,
      status,
    );
  };
  return Object.assign(ask, { command });
}

function run(command: readonly string[], directory: string, input: Buffer | undefined) {
  try {
    return runProgram(command, directory, input);
  } catch (failure) {
    if (!(failure instanceof SystemError)) throw failure;
    throw new EngineError(failure.message, null);
  }
}

export type Unavailable = Extract<Availability, { kind: 'unavailable' }>;
