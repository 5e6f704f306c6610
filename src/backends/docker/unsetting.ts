/**
 * Options of env(1), for a program of an engine: what of the user's environment would send it to another engine, give it
 * another storage driver, or make it speak otherwise. There are more such variables than manuals name, so a pattern says
 * which.
 */
export function unsetting(pattern: RegExp): readonly string[] {
  return Object.keys(process.env)
    .filter((name) => pattern.test(name))
    .map((name) => `--unset=${name}`);
}
