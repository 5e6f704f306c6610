/**
 * `--kill-child` and `--pdeathsig` together make the program end however its parents end;
 * neither alone does (unshare(1), setpriv(1), prctl(2) PR_SET_PDEATHSIG).
 */
const namespaces = ['setpriv', '--pdeathsig', 'KILL', '--', 'unshare', '--mount', '--pid', '--uts', '--ipc'];
const ownProcess = ['--fork', '--mount-proc', '--kill-child', '--propagation', 'private'];

/**
 * The first process of the namespace only waits for the program. It has to be one that never
 * touches a union: a process that waits for an answer of a stopped FUSE daemon cannot even
 * be killed, but the death of the first process ends the daemon, and that ends the wait.
 */
const waiting = ['sh', '-c', '"$@"; exit $?', 'sh'];

/**
 * The command line that runs a program in private mount, PID, UTS and IPC namespaces, and
 * with `own-users` in a user namespace too, in which an ordinary user is root. Everything in
 * them ends with the process that starts it.
 */
export function inNamespaces(
  users: 'same-user' | 'own-users',
  command: readonly string[],
): readonly string[] {
  const userNamespace = users === 'own-users' ? ['--user', '--map-root-user'] : [];
  return [...namespaces, ...userNamespace, ...ownProcess, ...waiting, ...command];
}
