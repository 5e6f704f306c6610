import type { RunOptions } from './options.js';

/** The command line that these options are read from, without `--on` and `--report`. */
export function commandLineOf(options: RunOptions): readonly string[] {
  const { features, backends, tags, name, workers, require, seed, failFast, keep } = options;
  const given = { tags, name, workers, require, seed };
  return [
    `--backend=${backends.join(',')}`,
    ...Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [`--${key}=${value}`])),
    ...(failFast ? ['--fail-fast'] : []),
    ...(keep ? ['--keep'] : []),
    '--',
    ...features,
  ];
}
