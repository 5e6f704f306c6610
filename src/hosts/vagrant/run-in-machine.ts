import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { packageRoot } from '../../catalogue/package-root.js';
import { shellWords } from '../../shell-words.js';
import type { Ending, Job, Watch } from '../host.js';
import { type Machine, vagrantDirectory } from './machines.js';

/** Where the Vagrantfile has the suite synchronised to, and where the machine keeps a report. */
const SUITE = '/opt/union-conformance';
const REPORT = '/var/tmp/union-conformance-report';

/** What Vagrant says when it gives up is its last lines. */
const LAST_LINES = 4;

/** What is worth telling: Vagrant's own steps, and those of provision.sh. */
const stepLine = /^(?:==> [\w-]+: (?! )|\s+[\w-]+: provision: )(.*)$/;

class Failed extends Error {}

/** Brings the machine up, runs the job in it, and fetches the report. A machine that was off is off again afterwards. */
export async function runInMachine(machine: Machine, job: Job, watch: Watch): Promise<Ending> {
  const outside = job.files.find((file) => !file.startsWith(`${packageRoot}/`));
  if (outside !== undefined) {
    return {
      kind: 'broke',
      reason: `${outside} is not in the machine`,
      remedy: `put it below ${packageRoot}`,
    };
  }
  const tools = toolsFor(machine, job, watch);
  const wasRunning = await tools.isRunning();
  try {
    if (wasRunning) await tools.vagrant('rsync'); // which `up` does on its way
    await tools.vagrant('up', '--provision', ...(machine.provider ? [`--provider=${machine.provider}`] : []));
    await tools.readConfiguration();
    const exitCode = await tools.runSuite();
    await tools.fetchReport();
    return { kind: 'ended', exitCode };
  } catch (failure) {
    if (!(failure instanceof Failed)) throw failure;
    return { kind: 'broke', reason: failure.message, remedy: `see ${tools.log}` };
  } finally {
    if (!wasRunning) await tools.halt();
  }
}

function toolsFor({ name }: Machine, { parameters, environment, report }: Job, watch: Watch) {
  const log = join(report, 'vagrant.log');
  const configuration = join(vagrantDirectory, '.vagrant', `${name}.ssh-config`);

  /** The child ends with this process. */
  const start = (command: readonly string[], input: 'ignore' | 'pipe' = 'ignore') =>
    execa('setpriv', ['--pdeathsig', 'KILL', '--', ...command], {
      cwd: vagrantDirectory,
      env: { VAGRANT_NO_COLOR: '1' },
      stdin: input,
      reject: false,
      all: true,
      cancelSignal: watch.stop,
    });

  async function vagrant(command: string, ...options: readonly string[]): Promise<void> {
    const child = start(['vagrant', command, name, ...options]);
    for await (const line of createInterface({ input: child.all })) {
      appendFileSync(log, `${line}\n`);
      watch.heard();
      const [, shown] = stepLine.exec(line) ?? [];
      if (shown !== undefined) watch.say(shown);
    }
    const { exitCode, stderr } = await child;
    if (exitCode === 0) return;
    const words = stderr
      .trim()
      .split(/\s*\n\s*/)
      .slice(-LAST_LINES)
      .join(' ');
    throw new Failed(`vagrant ${command} ${name} failed: ${words}`);
  }

  return {
    log,
    vagrant,
    /** Also when everything else is stopped. */
    async halt() {
      await execa('vagrant', ['halt', name], { cwd: vagrantDirectory, reject: false, stdin: 'ignore' });
    },
    async isRunning() {
      const { stdout } = await start(['vagrant', 'status', name, '--machine-readable']);
      return /,state,running$/m.test(stdout);
    },
    async readConfiguration() {
      const { stdout, exitCode, stderr } = await start(['vagrant', 'ssh-config', name]);
      if (exitCode !== 0) throw new Failed(`vagrant ssh-config ${name} failed: ${stderr}`);
      writeFileSync(configuration, stdout, { mode: 0o600 });
    },
    /** The exit code of the suite. */
    async runSuite() {
      const words = parameters.map((word) => word.replaceAll(packageRoot, SUITE));
      const variables = Object.entries(environment).map(([key, value]) => `${key}=${value}`);
      const command = ['sudo', 'env', ...variables, `${SUITE}/vagrant/run-suite.sh`, REPORT, ...words];
      // Its input stays open: the suite ends when that does.
      const child = start(['ssh', '-F', configuration, name, shellWords(command)], 'pipe');
      for await (const line of createInterface({ input: child.all })) {
        appendFileSync(join(report, 'output.log'), `${line}\n`);
        if (/^\d+\/\d+/.test(line)) watch.say(line);
      }
      const { exitCode } = await child;
      if (exitCode === undefined || exitCode === 255) throw new Failed('the connection to the machine ended');
      return exitCode;
    },
    async fetchReport() {
      const packed = ['ssh', '-F', configuration, name, `sudo tar --create --directory ${REPORT} .`];
      const { exitCode, stderr } = await execa(
        'sh',
        ['-c', `${shellWords(packed)} | tar --extract --no-same-owner --directory "$1"`, 'sh', report],
        { reject: false, cancelSignal: watch.stop },
      );
      if (exitCode !== 0) throw new Failed(`the report cannot be fetched: ${stderr}`);
    },
  };
}
