import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { placeBeside } from '../../agent/visible.js';
import { packageRoot } from '../../catalogue/package-root.js';
import { inNamespaces } from '../../system/in-namespaces.js';
import type { Ending, Job, Watch } from '../host.js';
import { type Said, understand } from './console.js';
import type { FoundKernel } from './find-kernel.js';
import { modulesToLoad } from './modules.js';
import type { Orders } from './orders.js';

const jail = fileURLToPath(new URL('./jail.js', import.meta.url));
const suite = fileURLToPath(new URL('../../cli/main.js', import.meta.url));

/** How long a guest may take to boot, in milliseconds: four seconds, or twenty on a machine with much else to do. */
const BOOT_LIMIT_MS = 120_000;

/** Boots the kernel, runs the job in it, and ends it, whatever comes. */
export async function runInGuest(kernel: FoundKernel, job: Job, watch: Watch): Promise<Ending> {
  const users = process.geteuid?.() === 0 ? 'same-user' : 'own-users';
  const [program = '', ...parameters] = inNamespaces(users, [process.execPath, jail]);
  const guest = execa(program, parameters, {
    input: JSON.stringify(ordersFor(kernel, job)),
    stdout: 'pipe',
    stderr: 'pipe',
    all: true,
    buffer: false,
    reject: false,
    cancelSignal: watch.stop,
    forceKillAfterDelay: false,
    killSignal: 'SIGKILL', // unshare(1) has SIGTERM blocked
  });
  const said: Said[] = [];
  const consoleLog = join(job.report, 'console.log');
  const log = createWriteStream(consoleLog);
  const slow = setTimeout(() => guest.kill(), BOOT_LIMIT_MS);
  watch.say('boots');
  for await (const line of createInterface({ input: guest.all })) {
    log.write(`${line.trimEnd()}\n`);
    const meaning = understand(line);
    if (meaning === undefined) continue;
    said.push(meaning);
    if (meaning.kind !== 'up') continue;
    clearTimeout(slow);
    watch.say(`runs Linux ${meaning.release}`);
  }
  clearTimeout(slow);
  await guest;
  log.end();
  return endingOf(said, `see ${consoleLog}`);
}

function endingOf(said: readonly Said[], remedy: string): Ending {
  const last = said.at(-1);
  switch (last?.kind) {
    case 'ended':
      return { kind: 'ended', exitCode: last.exitCode };
    case 'panicked':
      return { kind: 'broke', reason: `its kernel panicked: ${last.reason}`, remedy };
    case 'failed':
      return { kind: 'broke', reason: last.reason, remedy };
    case 'up':
      return { kind: 'broke', reason: 'it went away while the suite ran', remedy };
    case undefined:
      return { kind: 'broke', reason: 'it did not boot', remedy };
  }
}

function ordersFor(
  { program, modules, libraries, readOnlyRoot }: FoundKernel,
  { parameters, report, environment }: Job,
): Orders {
  // The guest's kernel mounts a /dev of its own before anything is started.
  const visible = ['/dev/shm', packageRoot, process.execPath, process.cwd(), report, program, modules];
  return {
    kernel: program,
    ...(libraries === undefined ? {} : { libraries }),
    place: placeBeside(visible),
    report,
    readOnlyRoot,
    modules: modulesToLoad(readFileSync(join(modules, 'modules.dep'), 'utf8')).map((name) =>
      join(modules, name),
    ),
    command: [process.execPath, suite, `--report=${report}`, ...parameters],
    directory: process.cwd(),
    environment: { PATH: process.env.PATH ?? '', HOME: '/root', ...environment },
  };
}
