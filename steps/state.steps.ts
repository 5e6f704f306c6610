import { type DataTable, Then } from '@cucumber/cucumber';
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

async function compareState(world: UnionWorld, table: DataTable, when: string): Promise<void> {
  const paths = table
    .raw()
    .slice(1)
    .map(([path = '']) => pathOf(path));
  for (const { name, tree } of expectedColumns(table.raw())) {
    const seen = name === 'union' ? await world.union(paths) : await world.branch(name);
    const what = name === 'union' ? 'the union' : `the ${name} branch`;
    world.compare(`${what}${when}`, tree, comparable(seen, tree), 'content');
  }
}
