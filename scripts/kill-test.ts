/**
 * `npm run kill-test -- [ROUNDS]`: starts the suite, kills the CLI, a worker, an agent, the
 * janitor or all of them at a random moment, kills or stops a FUSE daemon or the server of the
 * mounted in-house union, and looks whether anything is left on the machine. A worker, agent,
 * daemon or server must cost no more than the scenario it was in, the janitor nothing; a killed
 * CLI everything but order. Control groups of a run of which nothing is left are removed by the
 * next one.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { withDir } from 'tmp-promise';

const rounds = Number(process.argv[2] ?? 50);
const victims = [
  'cli',
  'worker',
  'agent',
  'janitor',
  'everything',
  'daemon',
  'stopped daemon',
  'server',
  'stopped server',
] as const;
type Victim = (typeof victims)[number];

/** Unions, containers and control groups: each with something that could be left. */
const features = [
  'features/container/control-groups.feature',
  'features/container/freezing.feature',
  'features/container/pid-namespaces.feature',
  'features/union/copy-up.feature',
];

/** How long the kernel may take to end what a killed process leaves (milliseconds). */
const SETTLED_MS = 3_000;

interface Machine {
  readonly mounts: readonly string[];
  readonly files: readonly string[];
}

/** @param temporary where the run's temporary files go. */
function look(temporary: string): Machine {
  const list = (path: string) => {
    try {
      return readdirSync(path).sort();
    } catch {
      return [];
    }
  };
  return {
    mounts: readFileSync('/proc/self/mounts', 'latin1').split('\n').sort(),
    files: [temporary, '/dev/shm', '/mnt'].flatMap((path) =>
      list(path)
        .filter((name) => name.startsWith('union-conformance'))
        .map((name) => join(path, name)),
    ),
  };
}

/** The control groups of a run, wherever it has made some: their names tell its process. */
function groupsOf(run: number): string[] {
  const { stdout } = spawnSync('find', [
    '/sys/fs/cgroup',
    ...['-maxdepth', '6', '-type', 'd', '-name', `union-conformance-*-${run}-*`],
  ]);
  return stdout.toString().split('\n').filter(Boolean);
}

interface Process {
  readonly pid: number;
  readonly command: string;
}

/** Living processes whose environment says that they belong to this test. */
function ours(mark: string): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
        if (!environment.includes(mark)) return [];
        return [
          { pid: Number(pid), command: readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ') },
        ];
      } catch {
        return []; // gone, or a zombie: its environment is
      }
    });
}

function matches({ command }: Process, victim: Victim): boolean {
  switch (victim) {
    case 'cli':
      return command.includes('cli/main.js');
    case 'worker':
      return command.includes('runner/worker.js');
    case 'agent':
      return command.includes('agent/main.js') && !command.includes('unshare');
    case 'janitor':
      return command.includes('control-groups/janitor.js');
    case 'everything':
      return command.includes('agent/main.js') && !command.includes('unshare');
    case 'daemon':
    case 'stopped daemon':
      return /^(\S*\/)?(fuse-overlayfs|unionfs|mergerfs)/.test(command);
    case 'server':
    case 'stopped server':
      return command.includes('userland-fuse/server.js');
  }
}

/** One run with one murder; what is wrong afterwards. */
async function round(index: number, directory: string): Promise<string[]> {
  const temporary = join(directory, `tmp-${index}`);
  mkdirSync(temporary);
  const before = look(temporary);
  const mark = `UNION_CONFORMANCE_KILL_TEST=${process.pid}-${index}`;
  const [name = '', value = ''] = mark.split('=');
  const report = join(directory, `report-${index}`);
  const victim = victims[index % victims.length] ?? 'cli';
  const suite = spawn(
    process.execPath,
    [
      'dist/src/cli/main.js',
      `--backend=${victim.endsWith('server') ? 'userland-fuse' : 'fuse-overlayfs'}`,
      `--seed=${index}`,
      `--report=${report}`,
      ...features,
    ],
    {
      env: { ...process.env, [name]: value, TMPDIR: temporary, UNION_CONFORMANCE_REQUEST_LIMIT_MS: '5000' },
      stdio: 'ignore',
    },
  );
  const ended = new Promise<number | null>((resolve) => suite.once('exit', (code) => resolve(code)));
  await setTimeout(300 + Math.random() * 2500);
  let target: Process | undefined;
  while (target === undefined && suite.exitCode === null && suite.signalCode === null) {
    target = ours(mark).find((process) => matches(process, victim));
    if (target === undefined) await setTimeout(1);
  }
  if (target !== undefined) {
    for (const { pid } of victim === 'everything' ? ours(mark) : [target]) {
      try {
        process.kill(pid, victim.startsWith('stopped') ? 'SIGSTOP' : 'SIGKILL');
      } catch {
        // it ended by itself meanwhile
      }
    }
  }
  const code = await ended;
  const problems: string[] = [];
  const footer = readFooter(report);
  if (victim !== 'cli' && victim !== 'everything' && footer === undefined)
    problems.push(`exit code ${code}, and the report has no footer`);
  if (victim === 'everything')
    spawnSync(process.execPath, ['dist/src/cli/main.js', 'doctor', '--backend=userland']);
  const lost = (footer?.crash ?? 0) + (footer?.hang ?? 0) + (footer?.error ?? 0) + (footer?.['not-run'] ?? 0);
  const bearable = victim === 'janitor' ? 0 : 1;
  if (lost > bearable) problems.push(`${lost} scenarios were lost, not ${bearable}`);
  const patience = Date.now() + SETTLED_MS;
  let left = ours(mark);
  let groups = groupsOf(suite.pid ?? 0);
  while (left.length + groups.length > 0 && Date.now() < patience) {
    await setTimeout(20);
    left = ours(mark);
    groups = groupsOf(suite.pid ?? 0);
  }
  problems.push(...groups.map((group) => `control group ${group} is left`));
  problems.push(...left.map(({ pid, command }) => `process ${pid} is left: ${command}`));
  const after = look(temporary);
  for (const kind of ['mounts', 'files'] as const) {
    const added = after[kind].filter((entry) => !before[kind].includes(entry));
    problems.push(...added.map((entry) => `${kind}: ${entry} is left`));
  }
  const shown = target === undefined ? `no ${victim} to kill` : `killed ${victim}`;
  console.log(
    `${index + 1}/${rounds} ${shown}, ${lost} lost${problems.map((problem) => `\n  ${problem}`).join('')}`,
  );
  return problems;
}

function readFooter(report: string): Record<string, number> | undefined {
  try {
    const last = readFileSync(join(report, 'results.ndjson'), 'utf8').trim().split('\n').at(-1) ?? '';
    const record = JSON.parse(last) as { type: string; counts: Record<string, number> };
    return record.type === 'footer' ? record.counts : undefined;
  } catch {
    return undefined;
  }
}

let failed = 0;
await withDir(
  async ({ path: directory }) => {
    for (let index = 0; index < rounds; index += 1) {
      if ((await round(index, directory)).length > 0) failed += 1;
    }
  },
  { prefix: 'union-conformance-kill-test', unsafeCleanup: true },
);
console.log(`\n${rounds - failed} passed, ${failed} failed, 0 skipped`);
process.exitCode = failed === 0 ? 0 : 1;
