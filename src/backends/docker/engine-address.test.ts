import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from '../../catalogue/usage-error.js';
import { readAddress, usualAddress } from './engine-address.js';

test('sockets and ports are addresses', () => {
  for (const address of [
    usualAddress,
    'unix:///run/with a space/s',
    'tcp://127.0.0.1:2375',
    'tcp://host',
    'tcp://[::1]:2375',
  ]) {
    assert.equal(readAddress('DOCKER_HOST', address), address);
  }
});

test('everything else is refused in one line that says what is wanted', () => {
  for (const value of [
    'localhost',
    'unix://docker.sock',
    'unix://',
    'ssh://host',
    'tcp://',
    'npipe:////x',
    'a\nb',
  ]) {
    assert.throws(
      () => readAddress('DOCKER_HOST', value),
      (failure) =>
        failure instanceof UsageError &&
        !failure.message.includes('\n') &&
        failure.message.startsWith('DOCKER_HOST=') &&
        failure.message.includes('unix:///PATH or tcp://HOST:PORT'),
    );
  }
});

test('a password is not repeated', () => {
  assert.throws(
    () => readAddress('DOCKER_HOST', 'tcp://me:secret@host:2375'),
    (failure) => failure instanceof UsageError && !failure.message.includes('secret'),
  );
});
