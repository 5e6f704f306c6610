import { Command } from 'commander';

export interface SelfTestOptions {
  readonly report: string;
  readonly everything: boolean;
  /** Only twins whose name contains it. */
  readonly twin: string;
}

export function readSelfTestOptions(words: readonly string[]): SelfTestOptions {
  return new Command('self-test')
    .description('Runs the suite on unions that break one rule each, and checks that it notices.')
    .option('--report <directory>', 'where self-test.md and self-test.json go', 'reports/self-test')
    .option('--everything', 'run every scenario on every twin, not only those of its features', false)
    .option('--twin <text>', 'only twins whose name contains this', '')
    .showHelpAfterError('(see --help)')
    .parse(words, { from: 'user' })
    .opts<SelfTestOptions>();
}
