import type { Backend } from '../backend.js';
import { capabilities, isCapability } from '../capability.js';
import { UsageError } from '../catalogue/usage-error.js';
import { didYouMean } from '../description/did-you-mean.js';

/**
 * The default export of a module, which the compiler has not seen when it was named on the command line.
 * @throws UsageError naming what is missing.
 */
export function checkBackend(exported: unknown, from: string): Backend {
  if (typeof exported !== 'object' || exported === null) {
    throw new UsageError(`backend ${from}: it has no default export: export default defineBackend({ … })`);
  }
  const backend = exported as Partial<Record<keyof Backend, unknown>>;
  for (const [field, type] of [
    ['name', 'string'],
    ['title', 'string'],
    ['format', 'object'],
    ['probe', 'function'],
    ['mount', 'function'],
  ] as const) {
    if (typeof backend[field] !== type) {
      throw new UsageError(`backend ${from}: its ${field} is ${typeof backend[field]}, not a ${type}`);
    }
  }
  if (!Array.isArray(backend.capabilities)) {
    throw new UsageError(`backend ${from}: its capabilities are not an array`);
  }
  for (const name of backend.capabilities) {
    if (!isCapability(name)) {
      const remedy = didYouMean(String(name), Object.keys(capabilities));
      throw new UsageError(`backend ${from}: there is no capability ${name}: ${remedy}`);
    }
  }
  return exported as Backend;
}
