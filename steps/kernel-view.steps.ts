import { Then } from '@cucumber/cucumber';
import type { NamedKernelView } from '../src/agent/protocol.js';
import { display } from '../src/bytes.js';
import { ExpectationFailed, HarnessError } from '../src/runner/stage.js';
import { expect } from './expect.js';
import type { UnionWorld } from './world.js';

async function viewOf(world: UnionWorld): Promise<NamedKernelView> {
  world.insistOnSuccess();
  const { view } = await world.ask({ do: 'kernel-view' }, 'view');
  if (view === null) throw new HarnessError('the backend tells nothing of what the kernel shows');
  return view;
}

async function detailsOf(world: UnionWorld): Promise<NonNullable<NamedKernelView['details']>> {
  const { details } = await viewOf(world);
  if (details === null) throw new ExpectationFailed('the kernel shows no directory of the union');
  return details;
}

Then('the mount table leads to what the kernel shows of the union', async function (this: UnionWorld) {
  const { id } = await viewOf(this);
  if (id === null) throw new ExpectationFailed('no option of its line in the mount table is an id');
  expect(
    /^si=[1-9a-f][0-9a-f]{0,15}$/.test(id),
    `the mount table has the option ${id}, not si= and a number`,
  );
  await detailsOf(this);
});

Then('the kernel shows the branches {string}', async function (this: UnionWorld, wanted: string) {
  const { branches } = await detailsOf(this);
  const seen = branches.map(({ branch, mode }) => `${branch}=${mode}`).join(', ');
  expect(seen === wanted, `the kernel shows the branches "${seen}", not "${wanted}"`);
});

Then('the kernel numbers the branches {string}', async function (this: UnionWorld, wanted: string) {
  const { branches } = await detailsOf(this);
  const seen = branches.map(({ number }) => number).join(', ');
  expect(seen === wanted, `the kernel numbers the branches "${seen}", not "${wanted}"`);
});

Then('the file of inode numbers that the kernel names does not exist', async function (this: UnionWorld) {
  const { inodeFile, inodeFileExists } = await detailsOf(this);
  expect(inodeFile.startsWith('/'), `the kernel names "${display(inodeFile)}", which is no absolute path`);
  expect(!inodeFileExists, `the kernel names ${display(inodeFile)}, and it exists`);
});

Then('the kernel shows nothing of the union', async function (this: UnionWorld) {
  const { id, details } = await viewOf(this);
  expect(id === null, `the mount table still has the option ${id}`);
  expect(details === null, 'the kernel still shows its branches');
});
