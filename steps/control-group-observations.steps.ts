import { Then } from '@cucumber/cucumber';
import { areAlike, ms, notHeld, rateOf } from './cpu-share.js';
import { expect } from './expect.js';
import type { UnionWorld } from './world.js';

function expectHeld({ controlGroups }: UnionWorld, group: string): void {
  const measured = controlGroups.measured(group);
  const against = notHeld(measured, controlGroups.quota(group), controlGroups.cpus);
  expect(against === '', `control group ${group} was not held to its quota: ${against}`);
}

function expectFree({ controlGroups }: UnionWorld, group: string): void {
  const { throttled, periods } = controlGroups.measured(group);
  expect(throttled === 0, `control group ${group} was held back in ${throttled} of ${periods} periods`);
}

Then('control group {name} was held to its quota', function (this: UnionWorld, group: string) {
  expectHeld(this, group);
});

Then(
  'control group {name} was held to its quota, and control group {name} was not',
  function (this: UnionWorld, group: string, free: string) {
    expectHeld(this, group);
    expectFree(this, free);
    const [held, other] = [this.controlGroups.measured(group), this.controlGroups.measured(free)];
    const ratio = rateOf(other) / rateOf(held);
    expect(ratio > 2, `control group ${free} used only ${ratio.toFixed(1)} times as much`);
  },
);

Then(
  'control group {name} used more than {int} times the CPU time of control group {name}',
  function (this: UnionWorld, group: string, times: number, other: string) {
    const [more, less] = [this.controlGroups.measured(group), this.controlGroups.measured(other)];
    expect(less.used > 0, `control group ${other} used none`);
    const ratio = rateOf(more) / rateOf(less);
    expect(ratio > times, `it used ${ratio.toFixed(1)} times as much`);
  },
);

Then(
  'control group {name} used as much CPU time as control group {name}',
  function (this: UnionWorld, group: string, other: string) {
    const [one, two] = [this.controlGroups.measured(group), this.controlGroups.measured(other)];
    expect(areAlike(one, two), `${group} used ${ms(one.used)}, ${other} ${ms(two.used)}`);
  },
);

Then(
  '{script} of control group {name} reads {script}',
  async function (this: UnionWorld, file: string, group: string, text: string) {
    this.insistOnSuccess();
    const seen = await this.controlGroups.read(group, file);
    expect(seen === text, `${file} reads "${seen}", not "${text}"`);
  },
);

Then(
  'control group {name} holds {int} process(es)',
  async function (this: UnionWorld, group: string, wanted: number) {
    this.insistOnSuccess();
    const count = await this.controlGroups.count(group, 'processes');
    expect(count === wanted, `control group ${group} holds ${count} processes, not ${wanted}`);
  },
);

Then(
  'the memory limit of control group {name} has killed at least {int} process(es)',
  async function (this: UnionWorld, group: string, least: number) {
    this.insistOnSuccess();
    const count = await this.controlGroups.count(group, 'memory kills');
    expect(count >= least, `the memory limit of control group ${group} has killed ${count}`);
  },
);

Then(
  'the memory limit of control group {name} has killed {int} process(es)',
  async function (this: UnionWorld, group: string, wanted: number) {
    this.insistOnSuccess();
    const count = await this.controlGroups.count(group, 'memory kills');
    expect(count === wanted, `the memory limit of control group ${group} has killed ${count}, not ${wanted}`);
  },
);
