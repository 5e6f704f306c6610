import { Command, CommanderError } from 'commander';
import { UsageError } from '../catalogue/usage-error.js';

export interface SelfTestOptions {
  readonly report: string;
  readonly everything: boolean;
  /** Only twins whose folder and name contain it: `no-pid-namespace`, `faulty-runtimes/`. */
  readonly twin: string;
}

/** @returns undefined when help was asked for, and given. @throws UsageError */
export function readSelfTestOptions(words: readonly string[]): SelfTestOptions | undefined {
  const command = new Command('self-test')
    .description('Runs the suite on unions that break one rule each, and checks that it notices.')
    .option('--report <directory>', 'where self-test.md and self-test.json go', 'reports/self-test')
    .option('--everything', 'run every scenario on every twin, not only those of its features', false)
    .option('--twin <text>', 'only twins whose folder/name contains this', '')
    .allowExcessArguments(false)
    .configureOutput({ writeErr: () => {} })
    .exitOverride();
  try {
    return command.parse(words, { from: 'user' }).opts<SelfTestOptions>();
  } catch (failure) {
    if (!(failure instanceof CommanderError)) throw failure;
    if (failure.exitCode === 0) return undefined;
    throw new UsageError(`${failure.message.replace(/^error: /, '')} (see --help)`);
  }
}
