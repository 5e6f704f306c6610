/**
 * The contract of a host: where a run happens. A kind of host is a folder of `src/hosts/`
 * whose `host.js` exports `defineHosts({ … })`; `--on` takes `KIND` or `KIND:VARIANT`.
 *
 * A host runs the suite's own command line somewhere else and has its report come to a
 * directory of this machine. Nothing else comes back, and nothing is left there.
 */
import type { Availability } from '../backend.js';

/** A command line of the suite, to be run on a host. */
export interface Job {
  /** What follows `union-conformance`, without `--on` and `--report`, which go before it. */
  readonly parameters: readonly string[];
  /** What the suite has to find in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * The report directory, absolute: `results.ndjson` grows in it while the run goes on, and
   * `output.log` is what the suite printed.
   */
  readonly report: string;
  /** Files that the parameters name, absolute; the host has to have them too. */
  readonly files: readonly string[];
}

/** How a run on a host ended. */
export type Ending =
  /** The suite ran to its end; what it found is in the report directory. */
  | { readonly kind: 'ended'; readonly exitCode: number }
  /** The host failed before the suite had ended: it did not start, panicked, or went away. */
  | { readonly kind: 'broke'; readonly reason: string; readonly remedy: string };

/** Who waits for a run. */
export interface Watch {
  /** Ends everything at once; the host answers that it broke. */
  readonly stop: AbortSignal;
  /** A sign of life before there are results: one line for people. */
  say(line: string): void;
  /** A sign of life that is not worth a line: who gives none for long is given up. */
  heard(): void;
}

export interface Host {
  /** What `--on` takes: `uml:6.1`, `uml:./linux`. */
  readonly name: string;
  /** One line for people. */
  readonly title: string;
  /** Whether it can run here; without side effects but for a cache of downloads. */
  probe(): Promise<Availability>;
  run(job: Job, watch: Watch): Promise<Ending>;
}

export interface Hosts {
  /** The folder's name. */
  readonly kind: string;
  /** Every name that `--on` takes. */
  names(): readonly string[];
  /**
   * @param variant what follows the colon of `--on=KIND:VARIANT`.
   * @throws UsageError when there is none of this name.
   */
  find(variant: string | undefined): Host;
}

export function defineHosts(hosts: Hosts): Hosts {
  return hosts;
}

/** The environment variable by which a suite knows on which host it is; unset on this machine itself. */
export const HOST = 'UNION_CONFORMANCE_HOST';
