import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withDir } from 'tmp-promise';
import { findProgram } from '../../system/processes.js';
import { openKernel } from './own-kernel.js';

async function refusalOf(mode: number, script: string): Promise<string> {
  return withDir(
    async ({ path }) => {
      const kernel = join(path, 'linux');
      writeFileSync(kernel, script, { mode });
      try {
        openKernel(kernel);
        return 'none';
      } catch (failure) {
        return (failure as Error).message.replace(path, '');
      }
    },
    { unsafeCleanup: true },
  );
}

test('a kernel that is not there is said to be missing', () => {
  assert.throws(() => openKernel('./missing'), {
    name: 'UsageError',
    message: '--on=uml:./missing: there is no such file',
  });
});

test('a file that cannot be executed is no kernel', async () => {
  assert.match(await refusalOf(0o644, ''), /^--on=uml:\/linux: it is not an executable file: want a kernel/);
});

test('a program that is no kernel is told from one', async () => {
  assert.match(await refusalOf(0o755, '#!/bin/sh\necho Linux v6.1\n'), /it is no User Mode Linux/);
  assert.match(await refusalOf(0o755, '#!/bin/sh\nexit 1\n'), /it is no User Mode Linux/);
  assert.match(await refusalOf(0o755, '\x7fELF'), /it is no User Mode Linux/);
});

const installed = findProgram('linux.uml');
const skip = installed === undefined && 'no linux.uml: apt-get install user-mode-linux';

test('a kernel says its release, and where its modules would be', { skip }, () => {
  const { release, program, modules } = openKernel(installed ?? '');
  assert.match(release, /^\d+\.\d+\.\d+/);
  assert.equal(program, installed);
  assert.equal(modules, join(program, `../../lib/uml/modules/${release}`));
});
