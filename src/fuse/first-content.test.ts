import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasonToSkip, scriptedMount } from './scripted-mount.js';

/** Files of all sizes round a page and round the largest that is told; and who reads one when the server is stopped. */
const script = `
mkdir upper lower union
for size in 0 1 4095 4096 4097 32767 32768 32769 100000; do head -c $size /dev/urandom > lower/$size; done
echo lower > lower/line
echo upper > upper/top
(cd lower && sha256sum *) > sums
touch -a -d 2001-02-03 lower/line
"$1" "$2" --foreground -o "br=upper:lower,udba=$3" union &
until mountpoint -q union; do sleep 0.1; done
(cd union && sha256sum --quiet -c ../sums && sha256sum --quiet -c ../sums && echo equal)
stat -c %x lower/line union/line | cut -c1-10
exec 3< union/line 4< union/top
stop $!
for file in 3 4; do timeout 1 sh -c "read -r line <&$file && echo \\$line" || echo waited; done
go_on $!
exec 3<&- 4<&-
echo more >> union/line
cat union/line
umount union
`;

for (const directAccess of ['none', 'notify', 'reval']) {
  test(`small files of a read-only branch are read when they are opened: udba=${directAccess}`, {
    skip: reasonToSkip(),
  }, () => {
    const lines = scriptedMount(script, directAccess);
    const [date, withoutServer] = directAccess === 'reval' ? [lines[1], 'waited'] : ['2001-02-03', 'lower'];
    assert.deepEqual(lines, ['equal', date, date, withoutServer, 'waited', 'lower', 'more']);
  });
}
