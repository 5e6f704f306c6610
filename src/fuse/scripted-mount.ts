/** For tests: a shell script that mounts unions where nobody else sees them. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const namespaces = ['--mount', '--propagation', 'private', '--pid', '--fork', '--mount-proc', '--kill-child'];
const unionMount = fileURLToPath(new URL('../union-mount/main.js', import.meta.url));

/** `stop PID` returns when no thread of the process takes requests any more, `go_on PID` lets it. */
const prelude = `
mount -t tmpfs none /mnt
cd /mnt
stop() {
  kill -STOP "$1"
  while grep -h '^State:' /proc/"$1"/task/*/status | grep -qv T; do sleep 0.1; done
}
go_on() { kill -CONT "$1"; }
`;

/**
 * Runs it in an empty directory on a tmpfs; `"$1" "$2"` is union-mount, and the words are what follows.
 * Whatever it leaves mounted or running ends with it. @returns the lines that it prints.
 */
export function scriptedMount(script: string, ...words: readonly string[]): readonly string[] {
  const command = ['sh', '-e', '-c', prelude + script, 'sh', process.execPath, unionMount, ...words];
  const { stdout, stderr, status } = spawnSync('unshare', [...namespaces, ...command], {
    timeout: 60_000,
    killSignal: 'SIGKILL', // unshare(1) lets no other end it
  });
  assert.equal(status, 0, stderr.toString());
  return stdout.toString().trim().split('\n');
}

export function reasonToSkip(): string | false {
  if (process.geteuid?.() !== 0) return 'only root mounts without more ado';
  if (!existsSync('/dev/fuse')) return 'there is no /dev/fuse: modprobe fuse';
  if (spawnSync('unshare', [...namespaces, 'true']).status !== 0) return 'unshare(1) is not allowed';
  return false;
}
