import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Undo } from './undo.js';

function withSteps(failing: readonly string[]): { readonly undo: Undo; readonly done: string[] } {
  const undo = new Undo();
  const done: string[] = [];
  for (const name of ['first', 'second', 'third']) {
    undo.push(() => {
      if (failing.includes(name)) throw new Error(name);
      done.push(name);
    });
  }
  return { undo, done };
}

test('the last step is undone first, and each once', () => {
  const { undo, done } = withSteps([]);
  undo.all();
  undo.all();
  assert.deepEqual(done, ['third', 'second', 'first']);
});

test('a step that fails keeps nothing from the others, and is said', () => {
  const { undo, done } = withSteps(['third', 'second']);
  assert.throws(() => undo.all(), /third/);
  assert.deepEqual(done, ['first']);
});

test('why everything is undone is what is thrown', () => {
  const { undo, done } = withSteps(['second']);
  assert.equal(undo.because('why'), 'why');
  assert.deepEqual(done, ['third', 'first']);
});
