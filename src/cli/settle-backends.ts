import type { Backend } from '../backend.js';

/**
 * Lets each backend look at this machine once: what it finds is in the environment of this process from then on, and
 * so of all that the run starts, which would otherwise decide for itself, and perhaps in another way. @throws UsageError
 */
export function settleBackends(backends: readonly Pick<Backend, 'settle'>[]): void {
  for (const { settle } of backends) Object.assign(process.env, settle?.(process.env));
}
