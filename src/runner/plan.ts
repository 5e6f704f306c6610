import { resolve } from 'node:path';
import type { Answer } from '../agent/protocol.js';
import type { Lack } from '../backend.js';
import { loadBackend } from '../backends/load-backend.js';
import type { Capability } from '../capability.js';
import { UsageError } from '../catalogue/usage-error.js';
import type { BackendSummary, Outcome, Scenario } from '../outcome.js';
import type { Requirement } from '../requirement.js';
import type { Pool } from './pool.js';

/** What is known of one backend before anything runs on it. */
export interface PlannedBackend {
  readonly summary: BackendSummary;
  /** As the agent finds it: a name, or the absolute path of a file. */
  readonly source: string;
  readonly run: readonly Scenario[];
  /** Scenarios whose outcome is known without running them. */
  readonly settled: readonly { readonly scenario: Scenario; readonly outcome: Outcome }[];
}

/** Asks the agent what each backend and the host can do, as far as the scenarios need it. */
export async function planBackends(
  pool: Pool,
  sources: readonly string[],
  scenarios: readonly Scenario[],
): Promise<PlannedBackend[]> {
  const requirements = new HostRequirements(pool);
  const planned: PlannedBackend[] = [];
  for (const source of sources) planned.push(await planBackend(pool, source, scenarios, requirements));
  return planned;
}

/** What the host cannot do, probed once, and only if a scenario that could run otherwise asks for it. */
class HostRequirements {
  readonly #pool: Pool;
  readonly #lacking = new Map<Requirement, Outcome | undefined>();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The outcome of a scenario that has these requirements, if the host lacks one. */
  async lacking(requirements: readonly Requirement[]): Promise<Outcome | undefined> {
    for (const requirement of requirements) {
      if (!this.#lacking.has(requirement)) this.#lacking.set(requirement, await this.#probe(requirement));
      const outcome = this.#lacking.get(requirement);
      if (outcome !== undefined) return outcome;
    }
    return undefined;
  }

  async #probe(requirement: Requirement): Promise<Outcome | undefined> {
    const answer = await this.#pool.ask({ do: 'probe-requirement', requirement });
    const { present, reason, remedy } = expect(answer, 'present');
    return present ? undefined : { kind: 'skipped', missing: requirement, reason, remedy };
  }
}

async function planBackend(
  pool: Pool,
  source: string,
  scenarios: readonly Scenario[],
  requirements: HostRequirements,
): Promise<PlannedBackend> {
  const { summary, stopped, lacks } = await describeBackend(pool, source);
  const { capabilities, unavailable } = summary;
  if (unavailable !== undefined) {
    const outcome: Outcome = stopped ?? { kind: 'skipped', missing: 'backend', ...unavailable };
    return { summary, source, run: [], settled: scenarios.map((scenario) => ({ scenario, outcome })) };
  }
  const absent = new Map<Capability, Outcome>();
  const run: Scenario[] = [];
  const settled: { scenario: Scenario; outcome: Outcome }[] = [];
  for (const scenario of scenarios) {
    const lack = lacks.find((each) => scenario.needs.includes(each.capability));
    const capability = scenario.needs.find((needed) => !capabilities.includes(needed));
    let outcome: Outcome | undefined;
    if (lack !== undefined) outcome = skippedFor(lack);
    else if (capability === undefined) outcome = await requirements.lacking(scenario.requires);
    else {
      outcome = absent.get(capability) ?? (await confirmAbsence(pool, source, capability));
      absent.set(capability, outcome);
    }
    if (outcome === undefined) run.push(scenario);
    else settled.push({ scenario, outcome });
  }
  return { summary, source, run, settled };
}

function skippedFor({ capability, reason, remedy }: Lack): Outcome {
  return { kind: 'skipped', missing: capability, reason, remedy };
}

async function confirmAbsence(pool: Pool, backend: string, capability: Capability): Promise<Outcome> {
  const answer = await pool.ask({ do: 'probe-capability', backend, capability });
  if ('stopped' in answer) {
    // Neither absent nor present: a union that hangs when it is asked is worse than one that says no.
    const message = `probing ${capability}: ${answer.stopped}`;
    return { kind: answer.kind, step: '', message, evidence: [] };
  }
  if ('mountError' in answer) {
    // It was available a moment ago: an engine that has died.
    return { kind: 'crash', step: '', message: `probing ${capability}: ${answer.mountError}`, evidence: [] };
  }
  const { present, reason } = expect(answer, 'present');
  return { kind: 'unsupported', capability, probe: present ? 'present' : 'absent', reason };
}

export interface Described {
  readonly summary: BackendSummary;
  /** What it has and cannot show here. */
  readonly lacks: readonly Lack[];
  /** Set when the probe of the backend hung or ended the agent: no host lacks anything then. */
  readonly stopped?: Outcome;
}

/** What a backend says of itself, and whether it is available here. */
export async function describeBackend(pool: Pool, source: string): Promise<Described> {
  const answer = await pool.ask({ do: 'probe', backend: source });
  if ('failure' in answer) throw new UsageError(`backend ${source}: ${answer.failure}`);
  if ('stopped' in answer) {
    const message = `probing it: ${answer.stopped}`;
    const stopped: Outcome = { kind: answer.kind, step: '', message, evidence: [] };
    return { summary: await unprobed(source, message), lacks: [], stopped };
  }
  const { name, title, capabilities, availability } = expect(answer, 'availability');
  if (availability.kind === 'available') {
    const { version, note, lacks = [] } = availability;
    const summary = { name, title, capabilities, version, ...(note === undefined ? {} : { note }) };
    return { summary, lacks };
  }
  const { isolation, refusals } = await pool.isolation();
  const why = isolation === 'none' ? ` (no sandbox: ${refusals.join('; ')})` : '';
  const unavailable = { reason: availability.reason + why, remedy: availability.remedy };
  return { summary: { name, title, capabilities, version: '', unavailable }, lacks: [] };
}

async function unprobed(source: string, reason: string): Promise<BackendSummary> {
  const { name, title } = await loadBackend(source);
  const unavailable = { reason, remedy: 'see whether it can be mounted by hand' };
  return { name, title, capabilities: [], version: '', unavailable };
}

function expect<K extends string>(answer: Answer, key: K): Extract<Answer, Record<K, unknown>> {
  if (key in answer) return answer as Extract<Answer, Record<K, unknown>>;
  throw new Error(`the agent answered ${JSON.stringify(answer)}`);
}

/** A name stays a name; a file becomes absolute, so that every process finds it. */
export function sourceOf(nameOrFile: string): string {
  return /[/.]/.test(nameOrFile) ? resolve(nameOrFile) : nameOrFile;
}
