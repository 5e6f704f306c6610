#!/usr/bin/env node
/** The command line: reads options, runs one command, sets the exit code. */
import { Command, CommanderError } from 'commander';
import { UsageError } from '../catalogue/usage-error.js';
import { DescriptionError } from '../description/read-description.js';
import { doctor } from './doctor.js';
import { list } from './list.js';
import { addRunOptions, type RunOptions, readRunOptions } from './options.js';
import { run } from './run.js';
import { runOnHosts } from './run-on-hosts.js';
import { suiteVersion } from './suite-version.js';

const USAGE = 64;
const HARNESS = 70;

const program = new Command('union-conformance')
  .description('Checks union file systems against features that are known to be true.')
  .version(suiteVersion())
  .showHelpAfterError('(see --help)')
  .exitOverride();

addRunOptions(
  program.command('run', { isDefault: true }).description('run features on backends (the default)'),
).action(async (features: string[], options: Record<string, unknown>) => {
  const read = readRunOptions(features, options);
  const isHere = read.on.length === 1 && read.on[0] === 'local';
  process.exitCode = await (read.list ? list(read) : isHere ? run(read) : runOnHosts(read));
});

addRunOptions(program.command('list').description('list the backends and the selected scenarios')).action(
  async (features: string[], options: Record<string, unknown>) => {
    process.exitCode = await list(readRunOptions(features, options) satisfies RunOptions);
  },
);

program
  .command('doctor')
  .description('say for each backend whether it is available here, and if not how to get it')
  .option('--backend <names>', 'backends, separated by commas, or all', 'all')
  .action(async ({ backend }: { backend: string }) => {
    process.exitCode = await doctor(backend);
  });

/** Says what is wrong; the exit code that tells it. */
function explain(failure: unknown): number {
  if (failure instanceof CommanderError) return failure.exitCode === 0 ? 0 : USAGE;
  if (failure instanceof UsageError || failure instanceof DescriptionError) {
    process.stderr.write(`union-conformance: ${failure.message}\n`);
    return USAGE;
  }
  const text = failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
  process.stderr.write(`union-conformance: harness error\n${text}\n`);
  return HARNESS;
}

// `… | head`: who has read enough still gets the exit code and the report.
process.stdout.on('error', (failure: NodeJS.ErrnoException) => {
  if (failure.code !== 'EPIPE') throw failure;
});
process.on('uncaughtException', (failure) => process.exit(explain(failure)));

try {
  await program.parseAsync();
} catch (failure) {
  process.exitCode = explain(failure);
}
