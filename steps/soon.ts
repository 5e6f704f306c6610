import { setTimeout } from 'node:timers/promises';
import { ExpectationFailed } from '../src/runner/stage.js';

/** Milliseconds: what watches its branches hears of a change later than it is made. */
const SOON = 3000;
const PAUSE = 20;

/** Looks again until it is as expected. @throws ExpectationFailed what the last look has found */
export async function soon(look: () => Promise<void>): Promise<void> {
  for (const end = performance.now() + SOON; ; await setTimeout(PAUSE)) {
    try {
      return await look();
    } catch (failure) {
      if (!(failure instanceof ExpectationFailed) || performance.now() > end) throw failure;
    }
  }
}
