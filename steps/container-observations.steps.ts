import { Then } from '@cucumber/cucumber';
import type { Where } from '../src/agent/container-protocol.js';
import { ExpectationFailed, HarnessError } from '../src/runner/stage.js';
import { insistOnEnd, showEnd } from './container-view.js';
import { expect } from './expect.js';
import type { UnionWorld } from './world.js';

/** How long a process that was killed may take to end; milliseconds. */
const DYING_MS = 5000;

/** How long a process that must not die is watched; milliseconds. */
const WATCHED_MS = 100;

function show(where: Where): string {
  return where === null ? 'the host' : `container ${where}`;
}

Then('it prints {text}', function (this: UnionWorld, text: string) {
  this.looked = true;
  const { printed } = this.containers;
  expect(printed === text, `it prints "${printed}", not "${text}"`);
});

Then('it ends with status {int}', function (this: UnionWorld, status: number) {
  this.looked = true;
  this.containers.expectEnd({ kind: 'exited', status });
});

Then('it takes {int} ms at least', function (this: UnionWorld, least: number) {
  this.insistOnSuccess();
  const { took } = this.containers;
  expect(took >= least, `it takes ${took.toFixed(0)} ms`);
});

Then('it is killed by {signal}', function (this: UnionWorld, signal: NodeJS.Signals) {
  this.looked = true;
  this.containers.expectEnd({ kind: 'killed', signal });
});

Then(
  '{script} prints {text} {where}',
  async function (this: UnionWorld, script: string, text: string, where: Where) {
    this.insistOnSuccess();
    const printed = await this.containers.outputOf(where, script);
    expect(printed === text, `"${script}" prints "${printed}" on ${show(where)}, not "${text}"`);
  },
);

Then(
  '{script} prints the same {where} as {where}',
  async function (this: UnionWorld, script: string, one: Where, other: Where) {
    const [a, b] = await compared(this, script, one, other);
    expect(a === b, `"${script}" prints "${a}" on ${show(one)}, "${b}" on ${show(other)}`);
  },
);

Then(
  '{script} prints something else {where} than {where}',
  async function (this: UnionWorld, script: string, one: Where, other: Where) {
    const [a, b] = await compared(this, script, one, other);
    expect(a !== b, `"${script}" prints "${a}" on ${show(one)} and on ${show(other)}`);
  },
);

/** What a script prints in two places; nothing would be like nothing. */
async function compared(world: UnionWorld, script: string, one: Where, other: Where) {
  world.insistOnSuccess();
  const printed = [
    await world.containers.outputOf(one, script),
    await world.containers.outputOf(other, script),
  ] as const;
  expect(!printed.includes(''), `"${script}" prints nothing`);
  return printed;
}

Then('{viewer} sees process {name}', async function (this: UnionWorld, viewer: Where, process: string) {
  this.insistOnSuccess();
  const seen = await this.containers.sees(viewer, process);
  expect(seen, `${show(viewer)} does not see process ${process}`);
});

Then(
  '{viewer} does not see process {name}',
  async function (this: UnionWorld, viewer: Where, process: string) {
    this.insistOnSuccess();
    expect(await this.containers.sees(null, process), `not even the host sees process ${process}`);
    const seen = await this.containers.sees(viewer, process);
    expect(!seen, `${show(viewer)} sees process ${process}`);
  },
);

Then('{process} has printed {text}', async function (this: UnionWorld, process: string, text: string) {
  this.insistOnSuccess();
  await this.containers.awaitOutput(process, text);
});

Then('{process} has ended', async function (this: UnionWorld, process: string) {
  this.insistOnSuccess();
  const { end } = await this.containers.awaitEnd(process, DYING_MS);
  expect(end !== null, `${process} still runs`);
});

Then('{process} still runs', async function (this: UnionWorld, process: string) {
  this.insistOnSuccess();
  const { end } = await this.containers.awaitEnd(process, WATCHED_MS);
  expect(end === null, `${process} ${showEnd(end)}`);
});

Then('{process} ends with status {int}', async function (this: UnionWorld, process: string, status: number) {
  this.insistOnSuccess();
  insistOnEnd(await this.containers.awaitEnd(process, DYING_MS), { kind: 'exited', status });
});

Then(
  '{process} is killed by {signal}',
  async function (this: UnionWorld, process: string, signal: NodeJS.Signals) {
    this.insistOnSuccess();
    insistOnEnd(await this.containers.awaitEnd(process, DYING_MS), { kind: 'killed', signal });
  },
);

Then(
  '{process} is PID 1 inside and another PID on the host',
  async function (this: UnionWorld, process: string) {
    this.insistOnSuccess();
    const { pids } = await this.containers.look(process);
    const all = pids.join(' ');
    expect(pids.length > 1, `the host knows process ${all} in no other PID namespace`);
    expect(pids.at(-1) === 1 && pids[0] !== 1, `its PIDs from the host inwards are ${all}`);
  },
);

Then(
  '{process} runs as user {int} of the host',
  async function (this: UnionWorld, process: string, user: number) {
    this.insistOnSuccess();
    const { uid } = await this.containers.look(process);
    expect(uid === user, `the host sees it run as user ${uid}, not ${user}`);
  },
);

Then('container {name} has the mounts of the host', async function (this: UnionWorld, name: string) {
  await compareMounts(this, name, []);
});

Then(
  'container {name} has the mounts of the host and {script}',
  async function (this: UnionWorld, name: string, mount: string) {
    await compareMounts(this, name, [mount]);
  },
);

/** As sets: a new namespace may list them in another order. */
async function compareMounts(world: UnionWorld, name: string, more: readonly string[]): Promise<void> {
  world.insistOnSuccess();
  const host = await world.containers.mounts(null);
  if (host.length === 0) throw new HarnessError('the host has no mounts');
  const wanted = [...host, ...more];
  const seen = [...(await world.containers.mounts(name))];
  for (const mount of seen.slice()) {
    if (!wanted.includes(mount)) continue;
    wanted.splice(wanted.indexOf(mount), 1);
    seen.splice(seen.indexOf(mount), 1);
  }
  const lines = [...wanted.map((mount) => `- ${mount}`), ...seen.map((mount) => `+ ${mount}`)];
  if (lines.length === 0) return;
  throw new ExpectationFailed(`container ${name} has other mounts: ${lines[0]}`, {
    evidence: [{ title: 'mounts (- expected, + seen)', text: lines.join('\n') }],
  });
}
