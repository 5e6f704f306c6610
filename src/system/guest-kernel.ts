/** What the first process of a guest asks of its kernel. */
import { readFileSync } from 'node:fs';
import type { Bytes } from '../bytes.js';
import { errnoName, SystemError } from './errno.js';
import { cString, libc, succeed } from './libc.js';

const EEXIST = 17;

/** init_module(2) of a file; one that is loaded already stays. @throws SystemError */
export function loadModule(path: string): void {
  const image = readFileSync(path);
  const errno = -libc.init_module(image, image.length, cString(''));
  if (errno > 0 && errno !== EEXIST) throw new SystemError(errnoName(errno), 'init_module', path);
}

const MS_SYNCHRONOUS = 16;

/**
 * Mounts a directory of the machine that a User Mode Linux runs on. What is written there is
 * there at once, and not lost when the guest ends badly.
 */
export function mountHostDirectory(source: string, target: Bytes): void {
  succeed(
    'mount',
    target,
    libc.mount(cString('hostfs'), cString(target), cString('hostfs'), MS_SYNCHRONOUS, cString(source)),
  );
}

const RB_POWER_OFF = 0x4321fedc;

/** sync(2) and reboot(2): ends the guest with everything in it. */
export function powerOff(): void {
  libc.sync();
  succeed('reboot', '', libc.reboot(RB_POWER_OFF));
}
