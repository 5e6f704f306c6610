import type { Client } from './client.js';

/** What `docker inspect` says of a container, as far as it is needed here. */
export interface Inspected {
  readonly Id: string;
  readonly State: { readonly Pid: number; readonly ExitCode: number };
}

/** @throws EngineError when there is no container with this id. */
export function inspectContainer(client: Client, id: string): Inspected {
  const [container] = JSON.parse(client(['container', 'inspect', id])) as readonly Inspected[];
  if (container === undefined) throw new Error(`docker inspect ${id} says nothing`);
  return container;
}
