/** Kills the daemon of a mounted union in the middle of changes, again and again, and looks what is left. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { seeded } from '../../src/union/random-operations.js';
import { beginning, changed, difference, type Entry, type Model, randomChange, TEMPORARY } from './model.js';
import { type MountedUnion, mountUnion } from './mounted-union.js';

const writer = fileURLToPath(new URL('writer.js', import.meta.url));

/** How long the writer works before the daemon is killed; milliseconds. */
const LONGEST = 400;
/** How many unions are killed side by side. */
const LANES = 4;

export interface KillReport {
  /** Kills. */
  readonly rounds: number;
  /** Changes that were made in all. */
  readonly changes: number;
  /** What was wrong; the first such thing ends it. */
  readonly problem?: string;
}

/**
 * Most of a round is waiting for programs to start, and for the moment to kill: several unions, each with
 * directories and changes of its own, are killed side by side. `progress` hears of each kill.
 */
export async function killSideBySide(
  place: string,
  kills: number,
  progress: (kills: number) => void,
): Promise<KillReport> {
  let begun = 0;
  let done = 0;
  const next = () => (begun < kills ? ++begun : undefined);
  const killed = () => progress(++done);
  const lanes = Array.from({ length: LANES }, (_, lane) =>
    killAgainAndAgain(join(place, String(lane)), next, killed),
  );
  const reports = await Promise.all(lanes);
  const problem = reports.find((report) => report.problem !== undefined)?.problem;
  return {
    rounds: done,
    changes: reports.reduce((sum, { changes }) => sum + changes, 0),
    ...(problem !== undefined && { problem }),
  };
}

/** `next` gives the number of a round, which its changes follow from, as long as there are more. */
async function killAgainAndAgain(
  place: string,
  next: () => number | undefined,
  killed: () => void,
): Promise<Omit<KillReport, 'rounds'>> {
  const lower = join(place, 'lower');
  const upper = join(place, 'upper');
  const root = join(place, 'union');
  const modelFile = join(place, 'model.json');
  for (const path of [lower, upper, root]) mkdirSync(path, { recursive: true });
  fill(lower, beginning);
  const before = wholeBranch(lower);
  let possible: readonly Model[] = [beginning];
  let changes = 0;
  for (;;) {
    const round = next();
    const union = await mountUnion([`${upper}=rw`, `${lower}=ro`], root);
    const seen = look(root);
    const problem = problemOf(possible, seen, upper, before, lower);
    if (problem !== undefined || round === undefined) {
      await union.unmount();
      return problem === undefined ? { changes } : { changes, problem };
    }
    writeFileSync(modelFile, JSON.stringify([...seen]));
    const done = await interrupt(union, root, round, changes, modelFile);
    killed();
    if (typeof done === 'string') return { changes, problem: done };
    possible = after(seen, round, changes, done);
    changes += done + 1;
  }
}

/** Lets the writer work for a while, and kills the daemon; how many changes it is known to have made. */
async function interrupt(
  union: MountedUnion,
  root: string,
  seed: number,
  first: number,
  modelFile: string,
): Promise<number | string> {
  const child = spawn(process.execPath, [writer, root, String(seed), String(first), modelFile]);
  let output = '';
  let complaint = '';
  const begun = new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
  child.stdout.on('data', (data) => {
    output += String(data);
  });
  child.stderr.on('data', (data) => {
    complaint += String(data);
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await Promise.race([begun, ended]);
  await setTimeout(Math.random() * LONGEST);
  await union.kill();
  await ended;
  return complaint === '' ? output.split('\n').length - 1 : `the writer failed: ${complaint.trim()}`;
}

/** The two trees that there can be: the last change was made, or it was not. */
function after(model: Model, seed: number, first: number, done: number): readonly Model[] {
  const random = seeded(seed);
  let state = model;
  for (let number = 0; number < done; number++) {
    state = changed(state, randomChange(state, random, first + number));
  }
  return [state, changed(state, randomChange(state, random, first + done))];
}

function problemOf(
  possible: readonly Model[],
  seen: Model,
  upper: string,
  before: string,
  lower: string,
): string | undefined {
  if (wholeBranch(lower) !== before) return 'the lower branch has changed';
  const left = readdirSync(join(upper, '.wh..wh.orph'));
  if (left.length > 0) return `left half-built: ${left.join(', ')}`;
  const differences = possible.map((state) => difference(state, seen));
  return differences.includes(undefined) ? undefined : differences.join('; or ');
}

function fill(root: string, model: Model): void {
  for (const [path, entry] of model) {
    if (entry === 'directory') mkdirSync(join(root, path));
    else writeFileSync(join(root, path), entry.content, { mode: entry.mode });
  }
}

/** What a user sees, but for what is on its way to a name. */
function look(root: string): Model {
  const found = new Map<string, Entry>();
  const walk = (directory: string): void => {
    for (const name of readdirSync(join(root, directory))) {
      const path = directory === '' ? name : `${directory}/${name}`;
      if (path === TEMPORARY) continue;
      const { mode } = statSync(join(root, path));
      if ((mode & 0o170000) === 0o040000) {
        found.set(path, 'directory');
        walk(path);
      } else found.set(path, { mode: mode & 0o7777, content: readFileSync(join(root, path), 'latin1') });
    }
  };
  walk('');
  return found;
}

/** Everything of a branch but access times. */
function wholeBranch(root: string): string {
  return JSON.stringify(
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .sort()
      .map((path) => {
        const stat = statSync(join(root, path), { bigint: true });
        const content = stat.isFile() ? readFileSync(join(root, path), 'latin1') : '';
        return [path, ...[stat.mode, stat.ino, stat.nlink, stat.mtimeNs, stat.size].map(String), content];
      }),
  );
}
