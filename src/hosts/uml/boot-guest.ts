import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { placeBeside } from '../../agent/visible.js';
import { inNamespaces } from '../../system/in-namespaces.js';
import type { Ending, Watch } from '../host.js';
import { type Said, understand } from './console.js';
import type { FoundKernel } from './find-kernel.js';
import { modulesToLoad } from './modules.js';
import type { Orders, Work } from './orders.js';

const jail = fileURLToPath(new URL('./jail.js', import.meta.url));

/** How long a guest may take to boot, in milliseconds: four seconds, or twenty on a machine with much else to do. */
const BOOT_LIMIT_MS = 120_000;

/** Boots the kernel, has the work done in it, and ends it, whatever comes. Its console goes to `console.log`. */
export async function bootGuest(kernel: FoundKernel, work: Work, watch: Watch): Promise<Ending> {
  const users = process.geteuid?.() === 0 ? 'same-user' : 'own-users';
  const [program = '', ...parameters] = inNamespaces(users, [process.execPath, jail]);
  const guest = execa(program, parameters, {
    input: JSON.stringify(ordersFor(kernel, work)),
    all: true,
    buffer: false,
    reject: false,
    cancelSignal: watch.stop,
    forceKillAfterDelay: false,
    killSignal: 'SIGKILL', // unshare(1) has SIGTERM blocked
  });
  const consoleLog = join(work.report, 'console.log');
  const log = createWriteStream(consoleLog);
  const slow = setTimeout(() => guest.kill(), BOOT_LIMIT_MS);
  let said: Said | undefined;
  let lastLine = 'it said nothing';
  watch.say('boots');
  for await (const line of createInterface({ input: guest.all })) {
    log.write(`${line.trimEnd()}\n`);
    lastLine = line.trimEnd() || lastLine;
    const meaning = understand(line);
    said = meaning ?? said;
    if (meaning?.kind !== 'up') continue;
    clearTimeout(slow);
    watch.say(`runs Linux ${meaning.release}`);
  }
  clearTimeout(slow);
  await guest;
  log.end();
  return endingOf(said, lastLine, `see ${consoleLog}`);
}

function endingOf(said: Said | undefined, lastLine: string, remedy: string): Ending {
  switch (said?.kind) {
    case 'ended':
      return { kind: 'ended', exitCode: said.exitCode };
    case 'panicked':
      return { kind: 'broke', reason: `its kernel panicked: ${said.reason}`, remedy };
    case 'failed':
      return { kind: 'broke', reason: said.reason, remedy };
    case 'up':
      return { kind: 'broke', reason: `it went away while the suite ran: ${lastLine}`, remedy };
    case undefined:
      return { kind: 'broke', reason: `it did not boot: ${lastLine}`, remedy };
  }
}

function ordersFor({ program, modules, libraries }: FoundKernel, work: Work): Orders {
  // The guest's kernel mounts a /dev of its own before anything is started.
  const own = [process.execPath, jail, program, modules, ...(libraries === undefined ? [] : [libraries])];
  const visible = ['/dev/shm', ...own, work.directory, work.report, ...work.files];
  const list = join(modules, 'modules.dep');
  return {
    ...work,
    kernel: program,
    ...(libraries === undefined ? {} : { libraries }),
    place: placeBeside(visible),
    modules: modulesToLoad(existsSync(list) ? readFileSync(list, 'utf8') : '').map((name) =>
      join(modules, name),
    ),
  };
}
