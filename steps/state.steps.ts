import { type DataTable, Then } from '@cucumber/cucumber';
import type { Tense } from './parameter-types.js';
import { soon } from './soon.js';
import { comparable, expectedColumns, pathOf } from './state-table.js';
import type { UnionWorld } from './world.js';

Then('the state is now:', async function (this: UnionWorld, table: DataTable) {
  this.insistOnSuccess();
  await compareState(this, table, '');
});

Then('the state is now, and after a remount:', async function (this: UnionWorld, table: DataTable) {
  this.insistOnSuccess();
  await compareState(this, table, '');
  await this.ask({ do: 'remount' }, 'done');
  await compareState(this, table, ' after a remount');
});

Then('the state {tense} soon:', async function (this: UnionWorld, _: Tense, table: DataTable) {
  this.insistOnSuccess();
  await soon(() => compareState(this, table, ''));
});

async function compareState(world: UnionWorld, table: DataTable, when: string): Promise<void> {
  const paths = table
    .raw()
    .slice(1)
    .map(([path = '']) => pathOf(path));
  // Asked all at once: a round trip costs more than the reading.
  const columns = await Promise.all(
    expectedColumns(table.raw()).map(async ({ name, tree }) => ({
      what: name === 'union' ? 'the union' : `the ${name} branch`,
      expected: tree,
      seen: name === 'union' ? await world.union(paths) : await world.branch(name),
    })),
  );
  for (const { what, expected, seen } of columns) {
    world.compare(`${what}${when}`, expected, comparable(seen, expected), 'content');
  }
}
