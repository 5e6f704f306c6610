import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasonToSkip, scriptedMount } from './scripted-mount.js';

/** Content of the same size takes the place of another in a branch, and the mtime is set back. */
const script = `
mkdir upper lower union
echo one > lower/file
touch -d 2001-02-03 lower/file
"$1" "$2" -o "br=upper:lower,udba=$3" union
cat union/file
echo two > lower/file
touch -d 2001-02-03 lower/file
cat union/file
umount union
`;

for (const directAccess of ['reval', 'notify']) {
  test(`content is read again that has neither another size nor another mtime: udba=${directAccess}`, {
    skip: reasonToSkip(),
  }, () => {
    assert.deepEqual(scriptedMount(script, directAccess), ['one', 'two']);
  });
}
