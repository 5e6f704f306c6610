/** The words of the made-up run. */
import type { BackendSummary, Claim } from '../outcome.js';

interface Chapter {
  readonly feature: string;
  readonly rule: string;
  readonly titles: readonly string[];
}

export const sampleChapters: readonly [Chapter, ...Chapter[]] = [
  {
    feature: 'Whiteouts',
    rule: 'A deleted name stays hidden until something new takes it',
    titles: [
      'A deleted lower file is gone from the union and still in the lower branch',
      'A name that was deleted can be created again',
      'Deleting a file that exists in both branches leaves a whiteout',
      'Removing a directory with whiteouts in it succeeds',
      'A whiteout of a read-only branch hides nothing when the branch is plain ro',
    ],
  },
  {
    feature: 'Copy-up',
    rule: 'A write never changes a lower branch',
    titles: [
      'Appending to a lower file copies it up whole',
      'Opening a lower file for reading only copies nothing up',
      'The copy keeps mode, owner and modification time',
      'A file that is open for reading sees what is written after its copy-up',
      'Copying up a file of 3 000 000 bytes keeps its holes',
    ],
  },
  {
    feature: 'Rename',
    rule: 'A directory with entries in a read-only branch is renamed whole, or not at all with EXDEV',
    titles: [
      'Renaming a lower file leaves a whiteout under its old name',
      'Renaming onto a lower file replaces it',
      'A merged directory is renamed with everything in it',
      'Renaming onto a directory that is not empty fails with ENOTEMPTY',
      'Exchanging two names of different branches exchanges what they hold',
    ],
  },
  {
    feature: 'Opaque directories',
    rule: 'A directory that is created again does not show its old entries',
    titles: [
      'A directory that was removed and created again is empty',
      'Removing an opaque directory hides the lower one',
      'An opaque directory survives a remount',
    ],
  },
];

/** Different for each scenario, as real ones are: the size of a page depends on it. */
export function sampleSteps(row: number): readonly string[] {
  const name = `d${row}`;
  return [
    'Given a union of these branches:',
    `  | path   | upper (rw)      | lower (ro)  |`,
    `  | ${name}/a |                 | old ${row}       |`,
    `  | ${name}/  |                 | (directory) |`,
    `And "${name}/a" was given mode 0640`,
    `When "${name}/a" is renamed to "${name}/b"`,
    'Then the state is now:',
    '  | path   | union           | upper       | lower       |',
    `  | ${name}/b | old ${row}       | old ${row}       |             |`,
    `  | ${name}/a |                 | (whiteout)  | old ${row}       |`,
    `And "${name}/b" has mode 0640`,
  ];
}

export const sampleDiff = [
  '  d      (directory)  mode 0755 owner 0:0 mtime 1000000000.000000000',
  '- d/new  old  mode 0644 owner 0:0 mtime 1000000000.000000000 links 1',
  '+ d/new  old  mode 0600 owner 0:0 mtime 1000000000.000000000 links 1',
  '- d/old  (whiteout)',
].join('\n');

export const sampleBackends: readonly BackendSummary[] = [
  {
    name: 'embedded',
    title: 'The in-house union, in process',
    version: '0.1.0',
    capabilities: [
      'copy-on-write',
      'whiteouts',
      'opaque-directories',
      'several-writable-branches',
      'hard-links',
    ],
  },
  {
    name: 'kernel-overlay',
    title: 'overlayfs of the running kernel',
    version: 'Linux 6.12.57',
    capabilities: [
      'copy-on-write',
      'whiteouts',
      'opaque-directories',
      'char-device-whiteouts',
      'visible-to-programs',
    ],
  },
  {
    name: 'fuse-overlayfs',
    title: 'fuse-overlayfs, for containers without root',
    version: '1.14',
    capabilities: [
      'copy-on-write',
      'whiteouts',
      'opaque-directories',
      'char-device-whiteouts',
      'visible-to-programs',
    ],
  },
  {
    name: 'unionfs-fuse',
    title: 'unionfs-fuse with copy-on-write',
    version: '3.5',
    capabilities: ['copy-on-write', 'whiteouts', 'several-writable-branches', 'visible-to-programs'],
  },
  {
    name: 'mergerfs',
    title: 'mergerfs: pooling without copy-on-write',
    version: '2.40.2',
    capabilities: ['several-writable-branches', 'hard-links', 'visible-to-programs'],
  },
  {
    name: 'aufs',
    title: 'aufs of the running kernel',
    version: '',
    capabilities: [],
    unavailable: {
      reason: 'mount(2) of type aufs said ENODEV',
      remedy: 'install the Debian package aufs-dkms, or boot a kernel with aufs',
    },
  },
];

export const sampleClaims: readonly Claim[] = [
  {
    id: 'U6',
    source: '001 002 004',
    statement: 'Appending to a lower file copies it up; the lower file keeps its content.',
  },
  {
    id: 'U10',
    source: '003',
    statement: 'Changing a, b and x through C takes effect in A and B respectively.',
    truth: 'With default modes only A changes: b is copied up to A. It is true of b when B is writable.',
  },
  {
    id: 'U14',
    source: '004',
    statement: 'Deleting a lower file through the union leaves a marker in the writable branch.',
  },
  {
    id: 'U15',
    source: '004',
    statement: 'Removing the marker from the writable branch brings the file back.',
    truth: 'Only after a remount: a name that was already looked up stays ENOENT.',
  },
];
