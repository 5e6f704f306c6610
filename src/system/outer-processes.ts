import type { Bytes } from '../bytes.js';
import { cString, libc, succeed } from './libc.js';
import { detachMount } from './mount.js';
import { inMountNamespace } from './namespaces.js';

const O_PATH = 0o10000000;
const O_CLOEXEC = 0o2000000;

/**
 * A descriptor of /proc as it was before this sandbox mounted its own over it: it shows the processes beside the
 * sandbox too. They cannot be signalled from here, for their PID namespace is not below this one (pid_namespaces(7)).
 * @throws SystemError
 */
export function openOuterProc(): number {
  return inMountNamespace('copy', () => {
    detachMount('/proc' as Bytes);
    return succeed('open', '/proc', libc.open(cString('/proc'), O_PATH | O_CLOEXEC, 0));
  });
}
