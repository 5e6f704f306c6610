/** One round on one union: mounts it, measures everything, unmounts it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { $ } from 'zx';
import type { MountOptions, Sandbox } from '../../src/backend.js';
import { loadBackend } from '../../src/backends/load-backend.js';
import { bytes } from '../../src/bytes.js';
import { listProcesses } from '../../src/system/processes.js';
import { branchesOver, makeLayers, type Size } from './layers.js';
import type { Loop } from './loop.js';
import { type Workload, workloadsOn } from './workloads.js';

/** Milliseconds by the name of the workload. */
export type Times = Readonly<Record<string, number>>;

export interface Round {
  readonly times: Times;
  /** Bytes that the processes which serve the union hold in memory, at the end; undefined when nothing serves it. */
  readonly memory: number | undefined;
}

/** Not a backend: a plain directory that holds what the union shows. What the workload itself costs. */
export const FLOOR = 'tmpfs';

type ProgramWorkload = Extract<Workload, { kind: 'program' }>;

const quiet = $({ quiet: true, nothrow: true });
const loops = fileURLToPath(new URL('loop.js', import.meta.url));

export async function measure(
  name: string,
  place: string,
  size: Size,
  options: MountOptions,
): Promise<Round> {
  const directory = join(place, 'round');
  mkdirSync(directory);
  try {
    if (name === FLOOR) {
      makeLayers(directory, size, 1);
      return { times: await runAll(join(directory, 'layer0'), size, true), memory: undefined };
    }
    const { result, memory } = await onUnion(name, directory, place, options, (root, copies) =>
      runAll(root, size, copies),
    );
    return { times: result, memory };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Mounts one for as long as it is used; `memory` is what it takes at the end. */
export async function onUnion<T>(
  name: string,
  directory: string,
  layers: string,
  options: MountOptions,
  use: (root: string, copiesUp: boolean) => Promise<T>,
): Promise<{ readonly result: T; readonly memory: number | undefined }> {
  // What is new is made where its directory is, also by a union that copies nothing up.
  for (const part of ['upper', 'upper/made', 'union', 'work']) mkdirSync(join(directory, part));
  const backend = await loadBackend(name);
  const sandbox: Sandbox = {
    directory: bytes(join(directory, 'work')),
    mountPoint: bytes(join(directory, 'union')),
    privileged: process.env.UNION_BENCH === 'root',
    isolated: true,
  };
  const before = new Set(ownProcesses());
  const union = backend.mount(branchesOver(layers, join(directory, 'upper')), sandbox, options);
  try {
    const result = await use(join(directory, 'union'), backend.capabilities.includes('copy-on-write'));
    return { result, memory: memoryOf(ownProcesses().filter((pid) => !before.has(pid))) };
  } finally {
    union.unmount();
  }
}

async function runAll(root: string, size: Size, copiesUp: boolean): Promise<Times> {
  const times: Record<string, number> = {};
  const workloads = workloadsOn(root, size).filter(({ changesLower }) => copiesUp || changesLower !== true);
  Object.assign(times, await runLoops(workloads.flatMap((one) => (one.kind === 'loop' ? [one.loop] : []))));
  for (const workload of workloads) {
    if (workload.kind === 'program') times[workload.name] = runProgram(workload);
  }
  return times;
}

async function runLoops(plan: readonly Loop[]): Promise<Times> {
  const { stdout, stderr, exitCode } = await quiet`${process.execPath} ${loops} ${JSON.stringify(plan)}`;
  if (exitCode !== 0) throw new Error(`a loop failed: ${stderr}`);
  return JSON.parse(stdout) as Times;
}

/** Without a shell of its own: starting one takes longer than some of the work. */
function runProgram({ name, command: [program = '', ...words] }: ProgramWorkload): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(program, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  const time = performance.now() - began;
  if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
  return time;
}

/** The processes in this mount namespace: others may come and go meanwhile. */
function ownProcesses(): readonly number[] {
  return listProcesses().filter((pid) => namespaceOf(pid) === namespaceOf('self'));
}

function namespaceOf(pid: number | 'self'): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/mnt`);
  } catch {
    return ''; // it has ended since
  }
}

/** Resident set size, proc_pid_status(5). */
function memoryOf(pids: readonly number[]): number | undefined {
  const sizes = pids.map((pid) => {
    try {
      return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0);
    } catch {
      return 0; // it has ended since
    }
  });
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return total === 0 ? undefined : total * 1024;
}
