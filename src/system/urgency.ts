import { constants, getPriority, setPriority } from 'node:os';

/**
 * Does something before everybody else gets CPU time (nice(2)): who has set a busy loop above
 * all others must still be able to look at it. Without the right to, it is done as usual.
 */
export function urgently<T>(act: () => T): T {
  const usual = getPriority();
  try {
    setPriority(constants.priority.PRIORITY_HIGHEST);
  } catch {
    return act();
  }
  try {
    return act();
  } finally {
    setPriority(usual);
  }
}
