import { toBuffer } from '../bytes.js';
import { tailOf } from '../system/log-tail.js';
import { endProcess, hasEnded, isAlive, listProcesses, startProgram } from '../system/processes.js';
import type { Description } from './description.js';
import type { Places } from './places.js';

/** What serves a union: the process of the mount command, or those it leaves behind. */
export class DaemonProcess {
  readonly #lifetime: Description['lifetime'];
  readonly #places: Places;
  readonly #others: ReadonlySet<number> = new Set(listProcesses());
  #command: number | undefined;
  #servers: readonly number[] = [];
  #lastWords = '';

  constructor(lifetime: Description['lifetime'], places: Places) {
    this.#lifetime = lifetime;
    this.#places = places;
  }

  /** @returns false when the program could not be started at all. */
  start(command: readonly string[]): boolean {
    const { directory, log } = this.#places;
    this.#command = startProgram(command, { directory: toBuffer(directory), log: toBuffer(log) });
    return this.#command !== undefined;
  }

  /** Whether nothing is left that could still mount the union. */
  gaveUp(): boolean {
    return !this.#isRunning() && this.#newcomers().length === 0;
  }

  /** To be called when the union is mounted: a command that makes a daemon ends first, within `limit` milliseconds. */
  settle(limit: number): void {
    if (this.#command === undefined) return;
    if (this.#lifetime === 'daemon') hasEnded(this.#command, limit);
    this.#servers = this.#lifetime === 'daemon' ? this.#newcomers() : [this.#command];
  }

  state(): 'none' | 'alive' | 'dead' {
    if (this.#servers.length === 0) return 'none';
    return this.#servers.some(isAlive) ? 'alive' : 'dead';
  }

  log(): string {
    return tailOf(toBuffer(this.#places.log)) ?? this.#lastWords;
  }

  /**
   * Waits `limit` milliseconds for every process to end, kills what is left, and collects
   * all: also helpers that a daemon has started for its own unmount and left to us.
   */
  end(limit: number): void {
    for (const pid of [...this.#servers, ...this.#strangers()]) endProcess(pid, limit);
    for (const pid of this.#strangers()) endProcess(pid, limit);
    this.#lastWords = this.log();
  }

  #isRunning(): boolean {
    return this.#command !== undefined && isAlive(this.#command);
  }

  #newcomers(): readonly number[] {
    return this.#strangers().filter(isAlive);
  }

  /** Dead or alive: nobody else starts processes in this PID namespace. */
  #strangers(): readonly number[] {
    return listProcesses().filter((pid) => !this.#others.has(pid));
  }
}
