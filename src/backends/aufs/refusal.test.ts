import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainFailure, wordsOfAufs } from './refusal.js';

const root = { privileged: true };

/** What aufs 6.1 has printed, and what of it says why. */
const printed: readonly (readonly [line: string, words: string])[] = [
  ['aufs au_opt_add:423:mount[74]: lookup failed missing (-2)', 'lookup failed missing (-2)'],
  ['aufs test_add:226:python3[77]: a duplicated', 'a duplicated'],
  ['aufs test_add:280:MainThread[78]: a/sub is overlapped', 'a/sub is overlapped'],
  ['aufs au_opts_mount:915:mount[83]: no branches', 'no branches'],
  ["aufs: Bad value for 'br'", "Bad value for 'br'"],
  ["aufs: Unknown parameter 'bogusopt'", "Unknown parameter 'bogusopt'"],
  ['wrong value, create', 'wrong value, create'],
  [
    'aufs test_add:258:python3[99]: unsupported filesystem, /proc (proc)',
    'unsupported filesystem, /proc (proc)',
  ],
  [
    'aufs test_add:234:mount[460]: number of branches exceeded /W/b/128',
    'number of branches exceeded /W/b/128',
  ],
  ['aufs: lookup failed /W/e13_remount/nonexist (-2)', 'lookup failed /W/e13_remount/nonexist (-2)'],
];

for (const [line, words] of printed) {
  test(`of "${line}" the words are "${words}"`, () => {
    assert.deepEqual(wordsOfAufs([line]), [words]);
  });
}

test('what others print is none of it', () => {
  const others = ['bash (57): drop_caches: 3', 'overlayfs: failed', 'EXT4-fs (vda): aufs', ''];
  assert.deepEqual(wordsOfAufs(others), []);
});

test('an EINVAL is told by what the kernel has printed', () => {
  const refusal = explainFailure(
    'EINVAL',
    ['usb 1-1: new', 'aufs test_add:226:mount[76]: a duplicated'],
    root,
  );
  assert.equal(refusal.reason, 'mount of type aufs: EINVAL (a duplicated)');
});

test('without a word of the kernel its log is pointed at', () => {
  const { reason, remedy } = explainFailure('EINVAL', [], root);
  assert.equal(reason, 'mount of type aufs: EINVAL');
  assert.match(remedy, /dmesg/);
});

test('a user namespace is told from a security module', () => {
  assert.match(explainFailure('EPERM', [], { privileged: false }).remedy, /user namespace/);
  assert.match(explainFailure('EPERM', [], root).remedy, /security module/);
});
