import { type Client, clientOf, EngineError } from './client.js';
import { ANSWER_LIMIT_MS, chosenAddress } from './engine-choice.js';
import { RUN_LABEL, runOf } from './run-label.js';

/** Sweeps the engine of the user. One that does not answer is left alone; a later run finds the same. */
export function sweepEngine(isOver: (run: string) => boolean): void {
  const address = chosenAddress();
  if (address === undefined) return; // one of a sandbox has ended with it
  try {
    sweep(clientOf('docker', address, 'of the user', ANSWER_LIMIT_MS), isOver);
  } catch (failure) {
    if (!(failure instanceof EngineError)) throw failure;
  }
}

/**
 * Removes what runs have made in an engine: containers and images with the label of such a run, each by its full id.
 * @throws EngineError when it does not answer.
 */
export function sweep(client: Client, isOver: (run: string) => boolean): void {
  for (const id of labelled(client, 'container', isOver)) {
    tried(client, ['container', 'rm', '--force', '--volumes', id]);
  }
  // An image that another one was built from goes after it.
  for (let left = Number.POSITIVE_INFINITY; ; ) {
    const images = labelled(client, 'image', isOver);
    if (images.length === 0 || images.length >= left) break;
    left = images.length;
    for (const id of images) tried(client, ['image', 'rm', '--force', id]);
  }
}

/** Full ids. */
function labelled(client: Client, kind: 'container' | 'image', isOver: (run: string) => boolean): string[] {
  const ids = client([kind, 'ls', '--all', '--quiet', '--no-trunc', `--filter=label=${RUN_LABEL}`]);
  const format = `{{index .Config.Labels "${RUN_LABEL}"}}`;
  return [...new Set(ids.split(/\s+/).filter(Boolean))].filter((id) => {
    const label = tried(client, [kind, 'inspect', '--format', format, id]);
    return label !== undefined && isOver(runOf(label));
  });
}

/**
 * Each is asked for alone: one that is gone meanwhile, for other runs go on, or still needed, keeps nothing from the
 * others. @throws EngineError when the engine does not answer any more.
 */
function tried(client: Client, parameters: readonly string[]): string | undefined {
  try {
    return client(parameters);
  } catch (failure) {
    if (!(failure instanceof EngineError) || failure.status === null) throw failure;
    return undefined;
  }
}
