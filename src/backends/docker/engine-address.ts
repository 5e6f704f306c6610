import { UsageError } from '../../catalogue/usage-error.js';

/** Where a dockerd of Debian's listens. */
export const usualAddress = 'unix:///var/run/docker.sock';

/**
 * The address of an engine, as `docker --host` takes it. An engine of another machine has no layers to look into, so
 * `ssh://` is none; what a value holds beside an address may be a secret, and is not repeated.
 * @param name of the variable that holds it. @throws UsageError
 */
export function readAddress(name: string, value: string): string {
  const isSocket = /^unix:\/\/\/[^\0]+$/.test(value);
  const isPort = /^tcp:\/\/(\[[0-9a-fA-F:.]+\]|[\w.-]+)(:\d{1,5})?\/?$/.test(value);
  if (isSocket || isPort) return value;
  const shown = value.includes('@') ? `${name}, with an @ in it` : `${name}=${value}`;
  throw new UsageError(`${shown}: want unix:///PATH or tcp://HOST:PORT of an engine on this machine`);
}
