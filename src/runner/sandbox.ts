import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { inNamespaces } from '../system/in-namespaces.js';

/**
 * How much of a world of its own an agent has. `privileged` and `user-namespace` have
 * private mount, PID, UTS and IPC namespaces, in which everything ends with the agent;
 * `none` is a plain process, enough for a union that is not mounted.
 */
export type Isolation = 'privileged' | 'user-namespace' | 'none';

const agent = fileURLToPath(new URL('../agent/main.js', import.meta.url));

const commands: Readonly<Record<Isolation, readonly string[]>> = {
  privileged: inNamespaces('same-user', [process.execPath, agent, '--isolated', '--privileged']),
  'user-namespace': inNamespaces('own-users', [process.execPath, agent, '--isolated']),
  none: [process.execPath, agent],
};

/** Starts an agent; whether it comes up is for the caller to see. */
export function spawnAgent(isolation: Isolation) {
  const [program = '', ...parameters] = commands[isolation];
  return execa(program, parameters, {
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
    buffer: false,
    reject: false,
    encoding: 'buffer',
  });
}

export type AgentProcess = ReturnType<typeof spawnAgent>;

/** The kinds of isolation worth trying, best first. */
export function isolationsToTry(): readonly Isolation[] {
  return process.geteuid?.() === 0 ? ['privileged', 'user-namespace', 'none'] : ['user-namespace', 'none'];
}

/** What every process below the agent is doing in the kernel: the free diagnosis of a hang. */
export function describeProcesses(pid: number): string {
  const children = read(`/proc/${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean).map(Number);
  return children.map((child) => describeProcess(child) + describeProcesses(child)).join('');
}

function describeProcess(pid: number): string {
  const name = read(`/proc/${pid}/comm`).trim();
  const state = /^State:\s*(.*)$/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 'gone';
  const waits = read(`/proc/${pid}/wchan`).trim();
  const stack = read(`/proc/${pid}/stack`).trim().replace(/^/gm, '    ');
  return `${name}: state ${state}${waits && waits !== '0' ? `, waits in ${waits}` : ''}\n${stack ? `${stack}\n` : ''}`;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // gone, or not ours to read
  }
}
