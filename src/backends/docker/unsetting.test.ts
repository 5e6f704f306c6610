import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { runProgram } from '../../system/programs.js';
import { clientOf } from './client.js';
import { dockerdCommand } from './dockerd-command.js';

const users = {
  DOCKER_CONTENT_TRUST: '1',
  DOCKER_DEFAULT_PLATFORM: 'linux/s390x',
  DOCKER_DRIVER: 'vfs',
  DOCKER_HOST: 'tcp://elsewhere:2375',
  DOCKER_TLS: '1',
};
beforeEach(() => {
  Object.assign(process.env, users);
});
afterEach(() => {
  for (const name of Object.keys(users)) delete process.env[name];
});

/** What env(1) leaves to a program of DOCKER_HOST and its like. */
function seenBy(command: readonly string[], program: string): string[] {
  const before = command.slice(command.indexOf('env'), command.indexOf(program));
  const lines = runProgram(before, '/').stdout.split('\n');
  return lines.filter((line) => line.startsWith('DOCKER_')).sort();
}

test('a dockerd of the run has nothing of the environment of the user', () => {
  const command = dockerdCommand('/place', 'overlay2', 'group');
  assert.deepEqual(seenBy(command, 'dockerd'), ['DOCKER_TMPDIR=/place/temporary']);
});

test('so has its client, and that of the engine of the user what it shows to that', () => {
  const seenFrom = (whose: 'private' | 'of the user') => {
    process.env.DOCKER_CERT_PATH = '/certificates';
    const { command } = clientOf('docker', 'unix:///socket', whose, 0);
    delete process.env.DOCKER_CERT_PATH;
    return seenBy(command(['version']), 'docker');
  };
  assert.deepEqual(seenFrom('private'), ['DOCKER_BUILDKIT=0']);
  assert.deepEqual(seenFrom('of the user'), [
    'DOCKER_BUILDKIT=0',
    'DOCKER_CERT_PATH=/certificates',
    'DOCKER_TLS=1',
  ]);
});
