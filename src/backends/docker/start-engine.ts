import { randomUUID } from 'node:crypto';
import type { Sandbox } from '../../backend.js';
import type { Unavailable } from './client.js';
import type { Engine } from './engine.js';
import { startPrivateEngine } from './private-engine.js';

/** An engine for one agent. */
export function startEngine(
  driver: string,
  { directory, isolated, privileged }: Pick<Sandbox, 'directory' | 'isolated' | 'privileged'>,
): Engine | Unavailable {
  if (!isolated || !privileged) {
    return { kind: 'unavailable', reason: 'no root of the host', remedy: 'run as root' };
  }
  return startPrivateEngine(driver, directory, `union-conformance-docker-${randomUUID()}`);
}
