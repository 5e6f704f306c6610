/** What people do with a root file system, on a union over this machine's own. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { $ } from 'zx';
import { mountUnion } from './mounted-union.js';

export interface Check {
  readonly name: string;
  /** What went wrong. */
  readonly problem?: string;
}

const quiet = $({ quiet: true, nothrow: true });

/** Each is a shell script in the union, as its root directory. */
const inside: readonly (readonly [name: string, script: string])[] = [
  ['programs of the lower branch run', 'test "$(ls /usr/bin | wc -l)" -gt 100'],
  [
    'dpkg builds, installs, verifies and removes a package',
    `set -e; rm -rf /tmp/p; mkdir -p /tmp/p/DEBIAN /tmp/p/opt/probe; echo text > /tmp/p/opt/probe/file
     printf 'Package: union-probe\\nVersion: 1\\nArchitecture: all\\nMaintainer: nobody <n@example.org>\\nDescription: x\\n' > /tmp/p/DEBIAN/control
     dpkg-deb --build /tmp/p /tmp/p.deb; dpkg -i /tmp/p.deb; test "$(cat /opt/probe/file)" = text
     dpkg -V union-probe; dpkg -L union-probe | grep -q /opt/probe/file; dpkg -r union-probe; test ! -e /opt/probe/file
     dpkg -i /tmp/p.deb`,
  ],
  [
    'a C program is compiled and runs',
    `set -e; mkdir -p /opt/c; cd /opt/c; printf '#include <stdio.h>\\nint main(void){return puts("runs")<0;}\\n' > a.c
     cc -O1 -o a a.c; test "$(./a)" = runs`,
  ],
  [
    'git clones, commits and finds nothing wrong',
    `set -e; export HOME=/root GIT_AUTHOR_NAME=n GIT_AUTHOR_EMAIL=n@example.org GIT_COMMITTER_NAME=n GIT_COMMITTER_EMAIL=n@example.org
     rm -rf /opt/one /opt/two; mkdir /opt/one; cd /opt/one; git init -q; cp -r /usr/include/linux .; git add .; git commit -qm one
     git clone -q /opt/one /opt/two; cd /opt/two; echo more >> linux/fuse.h; git mv linux/fs.h linux/moved.h; git commit -qam two
     git gc -q; git fsck --full --strict; test -z "$(git status --porcelain)"; git log --oneline | wc -l | grep -qx 2`,
  ],
  [
    'tar goes there and back with equal sums',
    `set -e; pack() { tar --sort=name -C "$1" -cf - .; }
     rm -rf /opt/tar; mkdir /opt/tar; pack /usr/share/perl5 | tar -C /opt/tar -xpf -
     test "$(pack /usr/share/perl5 | sha256sum)" = "$(pack /opt/tar | sha256sum)"`,
  ],
  [
    'a copied tree is the same, also after its original was changed',
    `set -e; rm -rf /opt/cp; cp -a /usr/include/x86_64-linux-gnu /opt/cp; diff -r /usr/include/x86_64-linux-gnu /opt/cp
     echo '/* changed */' >> /usr/include/stdio.h; tail -1 /usr/include/stdio.h | grep -q changed`,
  ],
  ['a lower tree is deleted', 'rm -rf /usr/share/doc/git && test ! -e /usr/share/doc/git'],
];

const afterRemount: readonly (readonly [name: string, script: string])[] = [
  ['after a remount the program runs', 'test "$(/opt/c/a)" = runs'],
  ['after a remount the package is installed', 'dpkg -V union-probe && test "$(cat /opt/probe/file)" = text'],
  [
    'after a remount git finds nothing wrong',
    'HOME=/root git -C /opt/two -c safe.directory=* fsck --full --strict',
  ],
  [
    'after a remount what was deleted is gone, and what was changed is so',
    'test ! -e /usr/share/doc/git && tail -1 /usr/include/stdio.h | grep -q changed',
  ],
];

/** Needs root: it changes its root directory. */
export async function* useDebian(place: string): AsyncGenerator<Check> {
  const [host, upper, root] = ['host', 'upper', 'union'].map((name) => join(place, name)) as [
    string,
    string,
    string,
  ];
  for (const path of [host, upper, root]) mkdirSync(path);
  // Alone, without what is mounted in it: so the branch does not hold the mount point.
  await $({ quiet: true })`mount --bind / ${host}`;
  await $({ quiet: true })`mount -o remount,bind,ro ${host}`;
  yield* during([`${upper}=rw`, `${host}=ro`], root, inside);
  yield* during([`${upper}=rw`, `${host}=ro`], root, afterRemount);
  await $({ quiet: true })`umount ${host}`;
}

async function* during(
  branches: readonly string[],
  root: string,
  scripts: readonly (readonly [string, string])[],
): AsyncGenerator<Check> {
  const union = await mountUnion(branches, root);
  try {
    await $({ quiet: true })`mount -t proc proc ${root}/proc`;
    await $({ quiet: true })`mount --bind /dev ${root}/dev`;
    for (const [name, script] of scripts) {
      const { exitCode, stderr, stdout } = await quiet`chroot ${root} sh -c ${script}`;
      const words = (stderr || stdout).trim().split('\n').slice(-3).join(' / ');
      yield exitCode === 0 ? { name } : { name, problem: `ends with ${exitCode}: ${words}` };
    }
  } finally {
    await quiet`umount ${root}/proc ${root}/dev`;
    await union.unmount();
  }
}
