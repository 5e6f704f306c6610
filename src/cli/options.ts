import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { listBackends } from '../backends/load-backend.js';
import { UsageError } from '../catalogue/usage-error.js';
import { sourceOf } from '../runner/plan.js';

export interface RunOptions {
  /** Names of hosts. */
  readonly on: readonly string[];
  readonly features: readonly string[];
  /** Names, or absolute paths of files. */
  readonly backends: readonly string[];
  readonly tags?: string;
  readonly name?: string;
  /** Left out, it depends on the host's processors: see `workersOf`. */
  readonly workers?: number;
  readonly report: string;
  readonly require?: string;
  readonly seed?: number;
  readonly failFast: boolean;
  readonly keep: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly list: boolean;
}

export function addRunOptions(command: Command): Command {
  return command
    .argument('[feature...]', 'features or directories of features, with :LINE for one scenario')
    .option('--backend <names>', 'backends, separated by commas: a name, a file, or all', 'userland')
    .option(
      '--on <hosts>',
      'where it runs, separated by commas: local, uml:6.1, uml:./linux, uml:all; doctor says what there is',
      'local',
    )
    .option('--tags <expression>', "a tag expression: '@claim:U14 and not @requires:root'")
    .option('--name <regex>', 'scenarios whose title matches')
    .option('--workers <n>', 'scenarios that run at the same time (2, or 1 on a single processor)')
    .option(
      '--report <directory>',
      'where results.ndjson, junit.xml, index.html and summary.md go',
      'reports',
    )
    .option(
      '--require <names>',
      'end with 2 when these were skipped: all, or capabilities, requirements, backends',
    )
    .option('--seed <n>', 'run in an order that this number determines')
    .option('--fail-fast', 'stop after the first scenario that fails', false)
    .option('--keep', 'keep the branches of failed scenarios in the report directory', false)
    .option('--quiet', 'say the failures and the counts only', false)
    .option('--verbose', 'say every scenario', false)
    .option('--list', 'list the selected scenarios instead of running them', false);
}

export function readRunOptions(features: readonly string[], options: Record<string, unknown>): RunOptions {
  const { on, backend, tags, name, workers, report, require, seed } = options as Record<
    string,
    string | undefined
  >;
  const flag = (key: string) => options[key] === true;
  if (flag('quiet') && flag('verbose')) throw new UsageError('--quiet and --verbose exclude each other');
  return {
    features,
    on: readHosts(on ?? ''),
    backends: readBackends(backend ?? ''),
    ...(tags === undefined ? {} : { tags }),
    ...(name === undefined ? {} : { name }),
    ...(workers === undefined ? {} : { workers: readNumber('--workers', workers, 1, 64) }),
    report: report ?? 'reports',
    ...(require === undefined ? {} : { require }),
    ...(seed === undefined ? {} : { seed: readNumber('--seed', seed, 0, 2 ** 32 - 1) }),
    failFast: flag('failFast'),
    keep: flag('keep'),
    quiet: flag('quiet'),
    verbose: flag('verbose'),
    list: flag('list'),
  };
}

/** A second worker on a single processor would only be started for nothing. */
export function workersOf({ workers }: Pick<RunOptions, 'workers'>): number {
  return workers ?? Math.min(2, availableParallelism());
}

/**
 * `all`, or names and files separated by commas; each once, in the order given. A file whose
 * own name has a comma in it is taken as one when it stands alone.
 */
export function readBackends(text: string): string[] {
  if (text === 'all') return listBackends();
  const names = existsSync(text) ? [text] : text.split(',').filter((name) => name !== '');
  if (names.length === 0) {
    throw new UsageError(`--backend needs a name or a file; there are ${listBackends().join(', ')}`);
  }
  return [...new Set(names.map(sourceOf))];
}

function readHosts(text: string): string[] {
  const names = text.split(',').filter((name) => name !== '');
  if (names.length === 0) throw new UsageError('--on needs the name of a host: local, uml:6.1');
  return [...new Set(names)];
}

function readNumber(option: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new UsageError(`${option}=${text}: want a whole number from ${least} to ${most}`);
}
