/**
 * Removes what a run leaves outside of its sandboxes when it has ended, however it did: then standard input ends, after
 * a word if it was in order. It belongs to no terminal and is in no sandbox, so that nothing takes it along.
 */
import { setTimeout } from 'node:timers/promises';
import { removeTraces } from './run-traces.js';

/** How long an engine may go on with what it was asked for by somebody who is dead; milliseconds. */
const AFTERMATH_MS = 2_000;

const [, , name = '', ...sources] = process.argv;
let isInOrder = false;
process.stdin.on('data', () => {
  isInOrder = true;
});
process.stdin.on('end', async () => {
  await removeTraces(name, sources);
  if (isInOrder) return;
  await setTimeout(AFTERMATH_MS);
  await removeTraces(name, sources);
});
