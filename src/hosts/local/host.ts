/** `local`: this machine, in a process of its own. A run that is on no other host needs none. */
import { release } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { UsageError } from '../../catalogue/usage-error.js';
import { defineHosts } from '../host.js';

const suite = fileURLToPath(new URL('../../cli/main.js', import.meta.url));

export default defineHosts({
  kind: 'local',
  names: () => ['local'],
  find(variant) {
    if (variant !== undefined)
      throw new UsageError(`--on=local:${variant}: local is one host; leave out :${variant}`);
    return {
      name: 'local',
      title: 'this machine',
      probe: async () => ({ kind: 'available', version: `Linux ${release()}` }),
      async run({ parameters, report, environment }, { stop }) {
        const output = { file: join(report, 'output.log') };
        const { exitCode, signal } = await execa(
          'setpriv',
          ['--pdeathsig', 'KILL', '--', process.execPath, suite, `--report=${report}`, ...parameters],
          {
            env: environment,
            reject: false,
            stdin: 'ignore',
            stdout: output,
            stderr: output,
            cancelSignal: stop,
          },
        );
        if (exitCode !== undefined) return { kind: 'ended', exitCode };
        return { kind: 'broke', reason: `the suite ended by ${signal}`, remedy: `see ${output.file}` };
      },
    };
  },
});
