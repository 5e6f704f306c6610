import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { release } from 'node:os';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const namespaces = ['--mount', '--propagation', 'private', '--pid', '--fork', '--mount-proc', '--kill-child'];
const unionMount = fileURLToPath(new URL('../union-mount/main.js', import.meta.url));

/** A file that is open for reading is appended to: what its reader and who opens it then see, and what is left. */
const script = `
mount -t tmpfs none /mnt && cd /mnt && mkdir upper lower union
head -c 100000 /dev/zero > lower/large
ln lower/large lower/other
"$1" "$2" -o "br=upper:lower,udba=$3,atime$4" union
exec 3< union/large
head -c 10 <&3 > /dev/null
printf new >> union/large
cat <&3 | wc -c
cat union/large | wc -c
cat union/other | wc -c
stat -c %s union/large union/other lower/large
exec 3<&-
printf + >> union/other
tail -c 4 union/large
umount union
`;

function lines(directAccess: string, more: string): readonly string[] {
  const words = ['sh', '-e', '-c', script, 'sh', process.execPath, unionMount, directAccess, more];
  const { stdout, stderr, status } = spawnSync('unshare', [...namespaces, ...words], { timeout: 60_000 });
  assert.equal(status, 0, stderr.toString());
  return stdout.toString().split('\n');
}

function reasonToSkip(): string | false {
  if (process.geteuid?.() !== 0) return 'the kernel reads by itself for root only';
  if (!existsSync('/dev/fuse')) return 'there is no /dev/fuse: modprobe fuse';
  if (spawnSync('unshare', [...namespaces, 'true']).status !== 0) return 'unshare(1) is not allowed';
  const [major = 0, minor = 0] = release().split('.').map(Number);
  return major < 6 || (major === 6 && minor < 9) ? `Linux ${release()} cannot, 6.9 can` : false;
}

const afterwards = ['100003', '100003', '100003', '100003', '100000', 'new+'];

for (const directAccess of ['none', 'reval']) {
  test(`a reader goes on with what it was, and nobody else: udba=${directAccess}`, {
    skip: reasonToSkip(),
  }, () => {
    assert.deepEqual(lines(directAccess, ',passthrough'), ['99990', ...afterwards]);
    assert.deepEqual(lines(directAccess, ''), ['99993', ...afterwards]);
  });
}
