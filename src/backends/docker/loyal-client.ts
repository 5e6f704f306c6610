import { waitFor } from '../../system/wait.js';
import { type Client, EngineError } from './client.js';
import type { Engine } from './engine.js';

/** How long an engine may take to be gone for good when it has not answered; milliseconds. */
const END_LIMIT_MS = 5_000;

/**
 * A client whose process ends with its engine: an agent without one is of no use to any scenario. What was asked last
 * is lost with it, and the next agent gets another.
 * @param isAnswering asks the engine something that it can always answer.
 */
export function loyalClient(
  client: Client,
  { state, log }: Pick<Engine, 'state' | 'log'>,
  isAnswering: () => boolean,
): Client {
  const ask = (parameters: readonly string[], input?: Buffer) => {
    try {
      return client(parameters, input);
    } catch (failure) {
      if (!(failure instanceof EngineError)) throw failure;
      const found = waitFor(
        () => (state() === 'dead' ? 'dead' : isAnswering() ? 'alive' : undefined),
        END_LIMIT_MS,
      );
      if (found !== 'alive') endWithoutEngine(`${failure.message}\n${log()}`);
      throw failure;
    }
  };
  return Object.assign(ask, { command: client.command });
}

/** Ends this process. @param words the last ones of the engine. */
export function endWithoutEngine(words: string): never {
  process.stderr.write(`the container engine has ended: ${words.trim()}\n`);
  process.exit(70);
}
