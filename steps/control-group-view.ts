import { setTimeout } from 'node:timers/promises';
import type { GroupAct, GroupSeen, Measured } from '../src/agent/control-group-protocol.js';
import type { Limit } from '../src/control-groups/control-group.js';
import { HarnessError } from '../src/runner/stage.js';
import type { Quota } from './cpu-share.js';
import type { Tense } from './parameter-types.js';
import type { UnionWorld } from './world.js';

/** How long a scenario waits for others that measure CPU time; milliseconds. */
const RESERVED_MS = 90_000;
const ASKED_EVERY_MS = 20;

type Seen<K extends string> = Extract<GroupSeen, Record<K, unknown>>;

/** One scenario's view of its control groups, through the agent. */
export class ControlGroupView {
  /** Whether the scenario measures CPU time: then it must be the only one. */
  measures = false;
  readonly #world: UnionWorld;
  readonly #quotas = new Map<string, Quota>();
  #measured = new Map<string, Measured>();
  #cpus = 0;

  constructor(world: UnionWorld) {
    this.#world = world;
  }

  /** Something that may fail, as the When of a scenario. */
  async operate(tense: Tense, act: GroupAct): Promise<void> {
    await this.#world.operate(tense, { call: 'control-group', act });
  }

  async #need(act: GroupAct): Promise<GroupSeen> {
    return (await this.#world.need({ call: 'control-group', act })) as GroupSeen;
  }

  async make(group: string, limits: readonly Limit[]): Promise<void> {
    if (this.measures) await this.#reserve();
    this.#note(group, limits);
    await this.#need({ act: 'make', group, limits });
  }

  /** One that was made by somebody else, with these limits. */
  async find(group: string, limits: readonly Limit[]): Promise<void> {
    if (this.measures) await this.#reserve();
    this.#note(group, limits);
  }

  async limit(tense: Tense, group: string, limits: readonly Limit[]): Promise<void> {
    this.#note(group, limits);
    await this.operate(tense, { act: 'limit', group, limits });
  }

  #note(group: string, limits: readonly Limit[]): void {
    const quota = limits.find((limit) => limit.kind === 'cpu-quota');
    if (quota !== undefined) this.#quotas.set(group, quota);
  }

  async #reserve(): Promise<void> {
    const end = performance.now() + RESERVED_MS;
    while (!((await this.#need({ act: 'reserve' })) as Seen<'reserved'>).reserved) {
      if (performance.now() > end) throw new HarnessError('somebody else measures CPU time all the time');
      await setTimeout(ASKED_EVERY_MS);
    }
  }

  async measure(groups: readonly string[], seconds: number): Promise<void> {
    const seen = await this.#need({ act: 'measure', groups, window: seconds * 1000 });
    const { measured, cpus } = seen as Seen<'measured'>;
    this.#measured = new Map(groups.map((group, index) => [group, measured[index] as Measured]));
    this.#cpus = cpus;
  }

  measured(group: string): Measured {
    this.#world.insistOnSuccess();
    const measured = this.#measured.get(group);
    if (measured === undefined) throw new HarnessError(`control group ${group} was not measured`);
    return measured;
  }

  quota(group: string): Quota {
    const quota = this.#quotas.get(group);
    if (quota === undefined) throw new HarnessError(`control group ${group} was given no quota`);
    return quota;
  }

  get cpus(): number {
    return this.#cpus;
  }

  async read(group: string, file: string): Promise<string> {
    return ((await this.#need({ act: 'read', group, file })) as Seen<'text'>).text;
  }

  async count(group: string, what: 'processes' | 'memory kills'): Promise<number> {
    return ((await this.#need({ act: 'count', group, what })) as Seen<'count'>).count;
  }
}
