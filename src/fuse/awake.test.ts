import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { reasonToSkip, scriptedMount } from './scripted-mount.js';

/** Every lookup asks the server; the file tells what the least is that anybody asks for. */
const asking = `
mkdir -p upper lower/directory union
(cd lower/directory && seq 2000 | xargs touch)
"$1" "$2" --foreground -o "br=upper:lower,udba=reval$3" union &
until mountpoint -q union; do sleep 0.1; done
least() { od -An -td4 -N4 /dev/cpu_dma_latency | tr -d ' '; }
quiet() { sleep 0.2; test "$(least)" -gt 0 && echo sleep || echo awake; }
quiet
touch go
(while test -e go; do find union -size +1 > /dev/null; done) &
busy=sleep
for look in $(seq 100); do if test "$(least)" = 0; then busy=awake; break; fi; done
echo $busy
rm go
wait $!
quiet
umount union
`;

/** As in a container, where there is no such file. */
const refused = `
mkdir upper lower union
mount -t tmpfs none /dev
mknod /dev/fuse c 10 229
mknod /dev/null c 1 3
status=0
"$1" "$2" -o br=upper:lower,awake union 2> refusal || status=$?
grep -o 'awake: the CPUs cannot be kept awake (ENOENT): it takes root and /dev/cpu_dma_latency' refusal
echo $status
mountpoint -q union || echo nothing mounted
`;

const reason = reasonToSkip() || (!existsSync('/dev/cpu_dma_latency') && 'there is no /dev/cpu_dma_latency');

test('CPUs stay awake as long as requests come fast, for who asks', { skip: reason }, () => {
  assert.deepEqual(scriptedMount(asking, ',awake'), ['sleep', 'awake', 'sleep']);
  assert.deepEqual(scriptedMount(asking, ''), ['sleep', 'sleep', 'sleep']);
});

test('where they cannot be kept awake that is said, and nothing is mounted', { skip: reason }, () => {
  assert.deepEqual(scriptedMount(refused), [
    'awake: the CPUs cannot be kept awake (ENOENT): it takes root and /dev/cpu_dma_latency',
    '1',
    'nothing mounted',
  ]);
});
