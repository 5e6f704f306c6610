const never = new Int32Array(new SharedArrayBuffer(4));

/** Blocks this thread; the agent has no event loop that turns. */
export function pause(milliseconds: number): void {
  Atomics.wait(never, 0, 0, milliseconds);
}

/**
 * Asks again and again until there is an answer, every 0.5 ms at first and every 5 ms later.
 * @returns undefined when `limit` milliseconds have passed without one.
 */
export function waitFor<T>(answer: () => T | undefined, limit: number): T | undefined {
  const end = performance.now() + limit;
  for (let interval = 0.5; ; interval = Math.min(5, interval * 1.2)) {
    const found = answer();
    if (found !== undefined) return found;
    if (performance.now() > end) return undefined;
    pause(interval);
  }
}
