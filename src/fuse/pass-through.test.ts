import assert from 'node:assert/strict';
import { release } from 'node:os';
import { test } from 'node:test';
import { reasonToSkip, scriptedMount } from './scripted-mount.js';

/** A file that is open for reading is appended to: what its reader and who opens it then see, and what is left. */
const reading = `
mkdir upper lower union
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

/** A new file is written to while the server is stopped; branches are changed while it is open; others write to a set-user-ID file. */
const writing = `
mkdir upper lower other union
"$1" "$2" --foreground -o "br=upper:lower$3" union &
until mountpoint -q union; do sleep 0.1; done
exec 3> union/new
printf one >&3
stop $!
timeout 2 sh -c 'printf two >&3' && echo written || echo waited
go_on $!
"$1" "$2" -o remount,append:other=ro union 2> refusal && echo changed || grep -o passthrough refusal
exec 3>&-
cat upper/new && echo
stat -c %s union/new
"$1" "$2" -o remount,append:other=ro union
touch union/set
chmod 6777 union/set
chmod 0777 union upper
exec 3>> union/set
append() { setpriv --reuid=65534 --regid=65534 --clear-groups sh -c 'echo more >> union/set'; }
append
stat -c %a union/set upper/set
exec 3>&-
chmod 6777 union/set
append
stat -c %a union/set upper/set
umount union
`;

/** Files of all ways to be read are copied onto each other, whole and in pieces. */
const copying = `
mkdir upper lower union
for size in 0 1 4096 40000 100000 3000000; do head -c $size /dev/urandom > lower/$size; done
"$1" "$2" -o "br=upper:lower,udba=$3,passthrough" union
for file in 0 1 4096 40000 100000 3000000; do
  cp union/$file union/copy && cmp lower/$file upper/copy
  cp union/copy union/again && cmp lower/$file upper/again
done
dd if=union/3000000 of=union/100000 bs=1000 count=50 skip=7 seek=3 conv=notrunc status=none
(head -c 3000 lower/100000; tail -c +7001 lower/3000000 | head -c 50000; tail -c +53001 lower/100000) | cmp - upper/100000
umount union
echo equal
`;

function reason(): string | false {
  const [major = 0, minor = 0] = release().split('.').map(Number);
  const isOld = major < 6 || (major === 6 && minor < 9);
  return reasonToSkip() || (isOld && `Linux ${release()} cannot, 6.9 can`);
}

const afterwards = ['100003', '100003', '100003', '100003', '100000', 'new+'];

for (const directAccess of ['none', 'reval']) {
  test(`a reader goes on with what it was, and nobody else: udba=${directAccess}`, {
    skip: reason(),
  }, () => {
    assert.deepEqual(scriptedMount(reading, directAccess, ',passthrough'), ['99990', ...afterwards]);
    assert.deepEqual(scriptedMount(reading, directAccess, ''), ['99993', ...afterwards]);
  });

  test(`the kernel copies as well: udba=${directAccess}`, { skip: reason() }, () => {
    assert.deepEqual(scriptedMount(copying, directAccess), ['equal']);
  });
}

test('a file of the writable branch is written to without the server, which then keeps its branches', {
  skip: reason(),
}, () => {
  const afterwards = ['777', '777', '777', '777'];
  assert.deepEqual(scriptedMount(writing, ',passthrough'), [
    'written',
    'passthrough',
    'onetwo',
    '6',
    ...afterwards,
  ]);
  assert.deepEqual(scriptedMount(writing, ''), ['waited', 'changed', 'one', '3', ...afterwards]);
});
