/** Who is killed in a run, and in which order of rounds. */
import type { Process } from './processes.js';

const usual = ['cli', 'worker', 'agent', 'janitor', 'everything'] as const;

/** Of a FUSE union, and of the in-house one where it is mounted. */
const daemons = ['daemon', 'stopped daemon'] as const;
const servers = ['server', 'stopped server'] as const;

/** Of a private container engine; the one of a user is not ours to kill. */
const ofEngine = ['dockerd', 'stopped dockerd', 'containerd', 'shim'] as const;

export type Victim = (typeof usual | typeof daemons | typeof servers | typeof ofEngine)[number];

/** What a round is about. */
export interface Plan {
  readonly backend: string;
  readonly victim: Victim;
  /** The engine that the run works with, where it works with one. */
  readonly engine: 'private' | 'of a user' | undefined;
}

/** One round after the other, and again from the beginning. @param engine the backend of one, if it is about that. */
export function plansFor(engine: string | undefined): readonly Plan[] {
  const plans = (
    victims: readonly Victim[],
    backend: string,
    which?: 'private' | 'of a user',
  ): readonly Plan[] => victims.map((victim) => ({ victim, backend, engine: which }));
  if (engine === undefined) {
    return [...plans([...usual, ...daemons], 'fuse-overlayfs'), ...plans(servers, 'userland-fuse')];
  }
  const own = plans([...ofEngine, ...usual], engine, 'private');
  const users = plans(usual, engine, 'of a user');
  // Alternating, so that ten rounds have both engines, and every victim once.
  return [...own.keys()].flatMap((index) => [own[index], users[index]].filter((plan) => plan !== undefined));
}

export function matches({ name, command }: Process, victim: Victim): boolean {
  switch (victim) {
    case 'cli':
      return command.includes('cli/main.js');
    case 'worker':
      return command.includes('runner/worker.js');
    case 'agent':
    case 'everything': // when there is one
      return command.includes('agent/main.js') && !command.includes('unshare');
    case 'janitor':
      return command.includes('runner/janitor.js');
    case 'daemon':
    case 'stopped daemon':
      return /^(\S*\/)?(fuse-overlayfs|unionfs|mergerfs)/.test(command);
    case 'server':
    case 'stopped server':
      return command.includes('userland-fuse/server.js');
    case 'dockerd':
    case 'stopped dockerd':
      return name === 'dockerd';
    case 'containerd':
      return name === 'containerd';
    case 'shim':
      return name.startsWith('containerd-shim');
  }
}

/** How many scenarios its death may cost. */
export function costOf(victim: Victim): number {
  return victim === 'janitor' ? 0 : 1;
}
