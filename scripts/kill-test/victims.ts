/** Who is killed in a run, and in which order of rounds. */
import type { Process } from './processes.js';

const usual = ['cli', 'worker', 'agent', 'janitor', 'everything'] as const;

/** Of a FUSE union. */
const daemons = ['daemon', 'stopped daemon'] as const;

/** Of a private container engine; the one of a user is not ours to kill. */
const ofEngine = ['dockerd', 'stopped dockerd', 'containerd', 'shim'] as const;

export type Victim = (typeof usual | typeof daemons | typeof ofEngine)[number];

/** What a round is about. */
export interface Plan {
  readonly victim: Victim;
  /** The engine that the run works with, where it works with one. */
  readonly engine: 'private' | 'of a user' | undefined;
}

/** One round after the other, and again from the beginning. */
export function plansFor(backend: string): readonly Plan[] {
  if (!backend.startsWith('docker')) {
    return [...usual, ...daemons].map((victim) => ({ victim, engine: undefined }));
  }
  const own: readonly Plan[] = [...ofEngine, ...usual].map((victim) => ({ victim, engine: 'private' }));
  const users: readonly Plan[] = usual.map((victim) => ({ victim, engine: 'of a user' }));
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
