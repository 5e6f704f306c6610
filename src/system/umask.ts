import { libc } from './libc.js';

/** umask(2) of 0, for the whole process: what is made has the mode it is made with. Node lets only the main thread do so. */
export function takeModesAsTheyAre(): void {
  libc.umask(0);
}

/** Does something with a mask of its own, where everything else is made with the mode it is told. */
export function withUmask<T>(umask: number, act: () => T): T {
  libc.umask(umask);
  try {
    return act();
  } finally {
    takeModesAsTheyAre();
  }
}
