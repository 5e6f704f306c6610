import type { Backend } from '../backend.js';
export function describedBackend(_: string): Backend {
  throw new Error('not yet');
}
