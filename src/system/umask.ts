import { attempt } from './libc.js';

/** umask(2) of 0, for the whole process: what is made has the mode it is made with. Node lets only the main thread do so. */
export function takeModesAsTheyAre(): void {
  attempt('umask', 0);
}
