import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Footer, Result, Verdict } from '../../src/outcome.js';
import { groupsOf, look } from './machine.js';
import { type Process, processesWith, send } from './processes.js';
import type { UsersEngine } from './users-engine.js';
import { costOf, matches, type Plan } from './victims.js';

/** How long the kernel, and an engine, may take to end what a killed process leaves (milliseconds). */
const SETTLED_MS = 5_000;

/**
 * Which part of the suite is run, and when the murder happens: at a random moment between `earliest` and `latest`
 * milliseconds after the start, or after one of the first `results`.
 */
export interface Setting {
  readonly features: readonly string[];
  readonly results: number;
  readonly earliest: number;
  readonly latest: number;
  /** Limit of one request (milliseconds): a stopped daemon shows after it. */
  readonly requestLimit: number;
}

/** Of one round, in words: what was killed, what it has cost, and what is wrong afterwards. */
export interface Course {
  readonly shown: string;
  readonly lost: readonly string[];
  readonly problems: readonly string[];
}

/** One run with one murder. @param directory of this round; it does not exist. */
export async function round(
  index: number,
  setting: Setting,
  { victim, backend, engine }: Plan,
  user: UsersEngine | undefined,
  directory: string,
): Promise<Course> {
  const temporary = join(directory, 'tmp');
  const report = join(directory, 'report');
  mkdirSync(temporary, { recursive: true });
  const before = look(temporary);
  const usersBefore = (await user?.look()) ?? [];
  const mark = `UNION_CONFORMANCE_KILL_TEST=${process.pid}-${index}`;
  const [name = '', value = ''] = mark.split('=');
  const environment = {
    ...process.env,
    [name]: value,
    TMPDIR: temporary,
    UNION_CONFORMANCE_REQUEST_LIMIT_MS: String(setting.requestLimit),
    UNION_CONFORMANCE_ENGINE: (engine === 'of a user' ? user?.address : engine) ?? '',
  };
  const command = [`--backend=${backend}`, `--seed=${index}`, `--report=${report}`];
  const suite = spawn(process.execPath, ['dist/src/cli/main.js', ...command, ...setting.features], {
    env: environment,
    stdio: 'ignore',
  });
  const ended = new Promise<number | null>((resolve) => suite.once('exit', (code) => resolve(code)));
  const results = Math.round(Math.random() * setting.results);
  const isOver = () => suite.exitCode !== null || suite.signalCode !== null;
  while (!isOver() && recordsIn(report).length < results) await setTimeout(20);
  await setTimeout(setting.earliest + Math.random() * (setting.latest - setting.earliest));
  let target: Process | undefined;
  while (target === undefined && !isOver()) {
    target = processesWith(mark).find((process) => matches(process, victim));
    if (target === undefined) await setTimeout(1);
  }
  if (target !== undefined) {
    const signal = victim.startsWith('stopped') ? 'SIGSTOP' : 'SIGKILL';
    send(signal, victim === 'everything' ? processesWith(mark) : [target]);
  }
  const code = await ended;
  const problems: string[] = [];
  const records = recordsIn(report);
  const footer = records.find(({ type }) => type === 'footer');
  const lost = lostIn(records);
  if (victim !== 'cli' && victim !== 'everything' && footer === undefined) {
    problems.push(`exit code ${code}, and the report has no footer`);
  }
  if (lost.length > costOf(victim)) {
    problems.push(`${lost.length} scenarios were lost, not ${costOf(victim)}`, ...lost);
  }
  if (victim === 'everything' || victim === 'cli') {
    // The run after it: it begins with what a dead one has left, and what an engine was still making for it.
    const next = ['dist/src/cli/main.js', 'doctor', `--backend=${backend}`];
    spawnSync(process.execPath, next, { env: { ...environment, [name]: `${value}-next` } });
  }
  const leftovers = async () => {
    const now = [look(temporary), (await user?.look()) ?? []].map((lines) => new Set(lines));
    const then = [before, usersBefore].map((lines) => new Set(lines));
    return [
      ...groupsOf(suite.pid ?? 0).map((group) => `control group ${group} is left`),
      ...processesWith(mark).map(({ pid, command }) => `process ${pid} is left: ${command}`),
      ...now.flatMap((lines, kind) =>
        [...lines].filter((line) => !then[kind]?.has(line)).map((line) => `new: ${line}`),
      ),
      ...then.flatMap((lines, kind) =>
        [...lines].filter((line) => !now[kind]?.has(line)).map((line) => `gone: ${line}`),
      ),
    ];
  };
  const patience = Date.now() + SETTLED_MS;
  let left = await leftovers();
  while (left.length > 0 && Date.now() < patience) {
    await setTimeout(50);
    left = await leftovers();
  }
  const done = victim.startsWith('stopped') ? victim : `killed ${victim}`;
  const shown = target === undefined ? `no ${victim} to kill` : done;
  return {
    shown: engine === undefined ? shown : `${shown}, engine ${engine}`,
    lost,
    problems: [...problems, ...left],
  };
}

/** What a report holds so far. */
function recordsIn(report: string): readonly (Footer | Result)[] {
  let text: string;
  try {
    text = readFileSync(join(report, 'results.ndjson'), 'utf8');
  } catch {
    return []; // it was not opened yet
  }
  const lines = text.split('\n').filter((line) => /^\{"type":"(result|footer)".*\}$/.test(line));
  return lines.map((line) => JSON.parse(line) as Footer | Result);
}

const losses: readonly Verdict[] = ['fail', 'crash', 'hang', 'error', 'not-run', 'changed-deviation'];

/** The scenarios that did not get the verdict they would have had. */
function lostIn(records: readonly (Footer | Result)[]): readonly string[] {
  return records.flatMap((record) => {
    if (record.type !== 'result' || !losses.includes(record.verdict)) return [];
    const { outcome, scenario, verdict } = record;
    return [`${scenario}: ${verdict}: ${'message' in outcome ? outcome.message : ''}`];
  });
}
