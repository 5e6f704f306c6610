import { When } from '@cucumber/cucumber';
import type { BranchMode } from '../src/backend.js';
import type { Tense } from './parameter-types.js';
import type { UnionWorld } from './world.js';

for (const change of ['append', 'prepend'] as const) {
  When(
    `the {branch} branch {tense} ${change}ed to the union as {mode}`,
    async function (this: UnionWorld, branch: string, tense: Tense, mode: BranchMode) {
      await this.operate(tense, { call: 'change-branches', change: { change, branch, mode } });
    },
  );
}

When(
  'the {branch} branch {tense} inserted into the union at {int} as {mode}',
  async function (this: UnionWorld, branch: string, tense: Tense, at: number, mode: BranchMode) {
    await this.operate(tense, {
      call: 'change-branches',
      change: { change: 'insert', branch, mode, at },
    });
  },
);

When(
  'the {branch} branch {tense} taken off the union',
  async function (this: UnionWorld, branch: string, tense: Tense) {
    await this.operate(tense, { call: 'change-branches', change: { change: 'delete', branch } });
  },
);

When(
  'the {branch} branch {tense} made {mode}',
  async function (this: UnionWorld, branch: string, tense: Tense, mode: BranchMode) {
    await this.operate(tense, { call: 'change-branches', change: { change: 'mode', branch, mode } });
  },
);
