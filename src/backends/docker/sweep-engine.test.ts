import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Client, EngineError } from './client.js';
import { sweep } from './sweep-engine.js';

/** An engine as its client shows it: each id with its label. Who is asked for after the list may be gone. */
function engineWith(
  things: Record<'container' | 'image', Record<string, string>>,
  gone: string,
): { readonly client: Client; readonly removed: string[] } {
  const removed: string[] = [];
  const ask = ([kind = '', verb = '', ...rest]: readonly string[]) => {
    const kept = things[kind as keyof typeof things];
    const id = rest.at(-1) ?? '';
    if (verb === 'ls') return Object.keys(kept).join('\n');
    if (id === gone || !(id in kept)) throw new EngineError(`No such ${kind}: ${id}`, 1);
    if (verb === 'inspect') return kept[id] ?? '';
    removed.push(`${kind} ${id}`);
    delete kept[id];
    return id;
  };
  return { client: Object.assign(ask, { command: () => [] }), removed };
}

test('what another run makes may go while one is swept', () => {
  const { client, removed } = engineWith(
    {
      container: { c1: 'alive.x', c2: 'alive.x', c3: 'dead.x' },
      image: { i1: 'alive.x', i2: 'dead.x', i3: 'dead.y' },
    },
    'c1',
  );
  sweep(client, (run) => run === 'dead');
  assert.deepEqual(removed, ['container c3', 'image i2', 'image i3']);
});

test('an image that cannot be removed is not asked for for ever', () => {
  const { client, removed } = engineWith({ container: {}, image: { i1: 'dead.x', i2: 'dead.x' } }, 'none');
  const stubborn = (parameters: readonly string[]) => {
    if (parameters[1] === 'rm' && parameters.at(-1) === 'i1') throw new EngineError('conflict', 1);
    return client(parameters);
  };
  sweep(Object.assign(stubborn, { command: client.command }), (run) => run === 'dead');
  assert.deepEqual(removed, ['image i2']);
});
