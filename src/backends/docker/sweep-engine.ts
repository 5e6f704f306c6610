import { type Client, clientOf, EngineError } from './client.js';
import { ANSWER_LIMIT_MS, chosenAddress } from './engine-choice.js';
import { RUN_LABEL, runOf } from './run-label.js';

/**
 * Removes what runs have made in the engine of the user: containers and images with the label of such a run, each by
 * its full id. An engine that does not answer is left alone; a later run finds the same.
 */
export function sweepEngine(isOver: (run: string) => boolean): void {
  const address = chosenAddress();
  if (address === undefined) return; // one of a sandbox has ended with it
  const client = clientOf('docker', address, 'of the user', ANSWER_LIMIT_MS);
  try {
    remove(client, ['container', 'rm', '--force', '--volumes'], labelled(client, 'container', isOver));
    // An image that another one was built from goes after it.
    for (let left = Number.POSITIVE_INFINITY; ; ) {
      const images = labelled(client, 'image', isOver);
      if (images.length === 0 || images.length >= left) break;
      left = images.length;
      remove(client, ['image', 'rm', '--force'], images);
    }
  } catch (failure) {
    if (!(failure instanceof EngineError)) throw failure;
  }
}

/** Full ids. */
function labelled(client: Client, kind: 'container' | 'image', isOver: (run: string) => boolean): string[] {
  const ids = words(client([kind, 'ls', '--all', '--quiet', '--no-trunc', `--filter=label=${RUN_LABEL}`]));
  if (ids.length === 0) return [];
  const format = `{{.Id}} {{index .Config.Labels "${RUN_LABEL}"}}`;
  const lines = client([kind, 'inspect', '--format', format, ...new Set(ids)]).split('\n');
  return lines.flatMap((line) => {
    const [id = '', label = ''] = words(line);
    return isOver(runOf(label)) ? [id] : [];
  });
}

/** Each alone: one that is gone meanwhile, or still needed, does not keep the others. */
function remove(client: Client, command: readonly string[], ids: readonly string[]): void {
  for (const id of ids) {
    try {
      client([...command, id]);
    } catch (failure) {
      if (!(failure instanceof EngineError)) throw failure;
    }
  }
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}
