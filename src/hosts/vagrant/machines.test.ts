import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withDir } from 'tmp-promise';
import { findProgram } from '../../system/processes.js';
import { readMachines, vagrantDirectory } from './machines.js';

const without = (program: string) =>
  findProgram(program) === undefined ? `there is no ${program}: apt-get install ${program}` : false;

test('a machine of a box takes any provider, one of an image needs Docker', () => {
  const text = 'a: { title: A, box: b/a, version: 1 }\nc: { title: C, image: c }\n';
  assert.deepEqual(readMachines(text), [
    { name: 'a', title: 'A', provider: undefined },
    { name: 'c', title: 'C', provider: 'docker' },
  ]);
});

test('the scripts of the machines pass shellcheck', { skip: without('shellcheck') }, () => {
  const scripts = readdirSync(vagrantDirectory).filter((name) => name.endsWith('.sh'));
  assert.deepEqual(scripts, ['provision.sh', 'run-suite.sh']);
  execFileSync('shellcheck', scripts, { cwd: vagrantDirectory, encoding: 'utf8' });
});

test('what a machine cannot be given is said before anything is installed', () => {
  const isUbuntu = /^VERSION_ID="20\.04"$/m.test(readFileSync('/etc/os-release', 'utf8'));
  const complaints = [
    ['unison', /^provision: there is no part 'unison'/],
    ...(isUbuntu ? [] : [['aufs', /^provision: aufs is provided on Ubuntu 20\.04, and this is /] as const]),
  ] as const;
  for (const [part, complaint] of complaints) {
    const { status, stderr, stdout } = spawnSync(join(vagrantDirectory, 'provision.sh'), [part], {
      encoding: 'utf8',
    });
    assert.equal(status, 1);
    assert.match(stderr, complaint);
    assert.equal(stdout, '');
  }
});

test('Vagrant takes the Vagrantfile', { skip: without('vagrant') }, async () => {
  await withDir(
    async ({ path }) => {
      const env = { ...process.env, VAGRANT_HOME: path, VAGRANT_DOTFILE_PATH: join(path, 'state') };
      execFileSync('vagrant', ['validate'], { cwd: vagrantDirectory, env, encoding: 'utf8' });
    },
    { unsafeCleanup: true },
  );
});
