import assert from 'node:assert/strict';
import { test } from 'node:test';
import { didYouMean } from './did-you-mean.js';

test('a near name is offered', () => {
  assert.equal(didYouMean('hardlinks', ['whiteouts', 'hard-links']), 'did you mean hard-links?');
  assert.equal(didYouMean('overlay', ['mergerfs', 'overlays']), 'did you mean overlays?');
});

test('a far name is not, but all are told', () => {
  assert.equal(didYouMean('quota', ['whiteouts', 'hard-links']), 'there are whiteouts, hard-links');
});
