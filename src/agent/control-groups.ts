import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Bytes } from '../bytes.js';
import type { ControlGroup, ControlGroups } from '../control-groups/control-group.js';
import { runGroupsOrFail } from '../control-groups/kernel-groups.js';
import { removeGroups } from '../control-groups/removal.js';
import { weighRun } from '../control-groups/run-groups.js';
import { SystemError } from '../system/errno.js';
import { tryToLock } from '../system/locks.js';
import { urgently } from '../system/urgency.js';
import { pause } from '../system/wait.js';
import type { GroupAct, GroupSeen, Measured } from './control-group-protocol.js';

/** What a process that was just started takes to be at its work; milliseconds. */
const SETTLED_MS = 150;

/** Agents of several workers make groups in one place, and none knows the others' process ids. */
const agent = randomBytes(4).toString('hex');
let scenarios = 0;

/** The control groups of one scenario. */
export class ScenarioGroups {
  readonly #maker: ControlGroups;
  /** Process id of a process or container of the scenario. */
  readonly #pidOf: (process: string) => number;
  readonly #groups = new Map<string, ControlGroup>();
  readonly #prefix: string;
  /** Of what somebody else has made, and removes. */
  readonly #found = new Map<string, ControlGroup>();
  #unlock: (() => void) | undefined;

  constructor(maker: ControlGroups, pidOf: (process: string) => number) {
    this.#maker = maker;
    this.#pidOf = pidOf;
    scenarios += 1;
    this.#prefix = `${agent}-${scenarios}`;
  }

  /** Where a process joins the group. */
  directoriesOf(name: string): readonly Bytes[] {
    return this.#group(name).directories;
  }

  /** Knows a group by a name of the scenario that an engine has made, by its path below the run's. */
  find(name: string, path: string): void {
    this.#found.set(name, this.#maker.find(path));
  }

  /** @throws SystemError */
  perform(act: GroupAct): GroupSeen {
    if (act.act === 'reserve') return { reserved: this.#reserve() };
    if (act.act === 'measure') return urgently(() => this.#measure(act.groups, act.window));
    if (act.act === 'make') this.#groups.set(act.group, this.#maker.make(`${this.#prefix}-${act.group}`));
    const group = this.#group(act.group);
    switch (act.act) {
      case 'make':
      case 'limit':
        for (const limit of act.limits) group.limit(limit);
        return null;
      case 'admit':
        group.admit(this.#pidOf(act.process));
        return null;
      case 'freeze':
      case 'thaw':
        group[act.act](act.version);
        return null;
      case 'kill':
        group.kill();
        return null;
      case 'remove':
        group.remove();
        return null;
      case 'read':
        return { text: group.read(act.file).trim() };
      case 'write':
        group.write(act.file, act.text);
        return null;
      case 'count':
        return { count: act.what === 'processes' ? group.processes().length : group.memoryKills() };
    }
  }

  #group(name: string): ControlGroup {
    const group = this.#groups.get(name) ?? this.#found.get(name);
    if (group === undefined) throw new Error(`no control group was made as ${name}`);
    return group;
  }

  /** Two scenarios that measure CPU time would measure each other. The kernel ends the lock with this process. */
  #reserve(): boolean {
    const { cpu = '' } = runGroupsOrFail().directories;
    this.#unlock ??= tryToLock(cpu.slice(0, cpu.lastIndexOf('/')));
    return this.#unlock !== undefined;
  }

  #measure(names: readonly string[], window: number): GroupSeen {
    const groups = names.map((name) => this.#group(name));
    const run = runGroupsOrFail();
    // No longer than the window: on one CPU hardly anything else runs meanwhile.
    weighRun(run, 'highest');
    try {
      pause(SETTLED_MS);
      const before = groups.map(readUsage);
      pause(window);
      const after = groups.map(readUsage);
      const measured = before.map((from, index) => difference(from, after[index] ?? from));
      return { measured, cpus: availableParallelism() };
    } finally {
      weighRun(run, 'usual');
    }
  }

  /** Ends and removes them all; what could not be removed. */
  end(): string[] {
    const left = [...this.#groups].flatMap(([name, group]) => {
      try {
        removeGroups(group.directories);
        return [];
      } catch (failure) {
        if (!(failure instanceof SystemError)) throw failure;
        return [`control group ${name} (${failure.errno})`];
      }
    });
    this.#unlock?.();
    return left;
  }
}

/** What was used at a moment, which was after `from` and before `until`; microseconds. */
interface Reading extends Omit<Measured, 'shortest' | 'longest'> {
  readonly from: number;
  readonly until: number;
}

function readUsage(group: ControlGroup): Reading {
  const from = performance.now() * 1000;
  const usage = group.cpuUsage();
  return { ...usage, from, until: performance.now() * 1000 };
}

function difference(before: Reading, after: Reading): Measured {
  return {
    used: after.used - before.used,
    periods: after.periods - before.periods,
    throttled: after.throttled - before.throttled,
    shortest: after.from - before.until,
    longest: after.until - before.from,
  };
}
