import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Command } from 'commander';
import { commandLineOf } from './command-line-of.js';
import { addRunOptions, readRunOptions } from './options.js';

function read(line: readonly string[]) {
  const command = addRunOptions(new Command()).action(() => {});
  command.parse([...line], { from: 'user' });
  return readRunOptions(command.args, command.opts());
}

test('a guest reads the options that were given', () => {
  for (const line of [
    [],
    [
      '--backend=overlay,userland',
      '--tags=@claim:U14 and not @needs:whiteouts',
      '--name=^A "b"',
      'features/union',
    ],
    [
      '--workers=3',
      '--require=root',
      '--seed=0',
      '--fail-fast',
      '--keep',
      'features/union/lookup.feature:12',
    ],
  ]) {
    const options = read(line);
    assert.deepEqual(read(commandLineOf(options)), options);
  }
});
