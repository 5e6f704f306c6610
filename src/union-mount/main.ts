#!/usr/bin/env node
/** `union-mount`: mounts the in-house union as mount(8) mounts aufs. */
import { Command } from 'commander';
import { UsageError } from '../catalogue/usage-error.js';
import { suiteVersion } from '../cli/suite-version.js';
import { type MountRequest, mountUnion } from '../fuse/mount-union.js';
import { startInBackground, tellParent } from './background.js';
import { runCommand } from './command.js';
import { readOptions } from './options.js';
import { absolutePath, planMount } from './plan.js';
import { remount } from './remount.js';

const program = new Command('union-mount')
  .description('Mounts a union of directories, with the options of aufs(5).')
  .usage('-o OPTIONS [SOURCE] MOUNTPOINT')
  .argument('<mountpoint...>', 'an existing directory; a source before it, as mount(8) has one, is not used')
  .option('-o <options>', 'br=DIRECTORY[=MODE][:…], udba=, create=, cpup=, ro, nosuid, …', collect, [])
  .option('--foreground', 'serve the union until it is unmounted, instead of in the background')
  .option('--allow-other', 'let other users see it, as they always do when root mounts')
  .version(suiteVersion())
  .exitOverride();

interface Options {
  readonly o: readonly string[];
  readonly foreground?: true;
  readonly allowOther?: true;
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

async function run(): Promise<void> {
  program.parse();
  const { o, foreground, allowOther } = program.opts<Options>();
  const [mountPoint = '', , unexpected] = program.args.toReversed();
  if (unexpected !== undefined) throw new UsageError(`one mount point, and not also ${unexpected}`);
  const written = readOptions(o);
  if (written.remount) return remount(written, absolutePath(mountPoint, 'mount point'));
  const request = planMount(written, mountPoint, allowOther ?? false);
  if (foreground === true) await serve(request);
  else await startInBackground(process.argv.slice(1));
}

async function serve(request: MountRequest): Promise<void> {
  const union = await mountUnion(request);
  process.chdir('/');
  tellParent({ kind: 'mounted' });
  let asked = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      asked += 1;
      if (asked > 1) process.kill(process.pid, 'SIGKILL'); // whoever still uses it gets ENOTCONN
      const problem = union.unmount();
      if (problem !== undefined) process.stderr.write(`union-mount: ${problem}\n`);
    });
  }
  await union.ended;
}

await runCommand('union-mount', run, (explained) => tellParent({ kind: 'failed', ...explained }));
