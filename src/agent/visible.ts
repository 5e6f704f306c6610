/** The environment variable that tells an agent what must not vanish under its work area: one path a line. */
export const VISIBLE = 'UNION_CONFORMANCE_VISIBLE';

export function visiblePaths(): string[] {
  const named = (process.env[VISIBLE] ?? '').split('\n').filter((path) => path !== '');
  return [import.meta.dirname, process.execPath, process.cwd(), ...named];
}
