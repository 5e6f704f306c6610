import { existsSync } from 'node:fs';

/** The environment variable that tells an agent what must not vanish under its work area: one path a line. */
export const VISIBLE = 'UNION_CONFORMANCE_VISIBLE';

export function visiblePaths(): string[] {
  const named = (process.env[VISIBLE] ?? '').split('\n').filter((path) => path !== '');
  return [import.meta.dirname, process.execPath, process.cwd(), ...named];
}

const places = ['/dev/shm', '/mnt', '/media', '/srv', '/tmp'];

/** A directory that every Linux has, and that a tmpfs can be mounted on without hiding any of the paths. */
export function placeBeside(visible: readonly string[]): string {
  const place = places.find(
    (candidate) => existsSync(candidate) && !visible.some((path) => `${path}/`.startsWith(`${candidate}/`)),
  );
  if (place === undefined) throw new Error(`none of ${places.join(', ')} is there and unused`);
  return place;
}
