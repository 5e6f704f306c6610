import { homedir } from 'node:os';
import { join } from 'node:path';

/** Of the user (XDG base directory specification); what is in it can be removed at any time. */
export function cacheDirectory(): string {
  const { XDG_CACHE_HOME: named } = process.env;
  return join(named?.startsWith('/') ? named : join(homedir(), '.cache'), 'union-conformance');
}
