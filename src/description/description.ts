import type { BranchMode } from '../backend.js';
import type { Capability } from '../capability.js';

/** A union that one command mounts, as `schemas/backend.schema.json` describes it. */
export interface Description {
  readonly name: string;
  readonly title: string;
  readonly capabilities: readonly Capability[];
  readonly whiteouts: Whiteouts;
  /** A Debian package that holds the programs. */
  readonly package?: string;
  /** How to get the programs where no package holds them. */
  readonly remedy?: string;
  readonly version: readonly string[];
  /** The program first; a program with a slash is relative to the description. */
  readonly mount: readonly string[];
  /** Used when no branch is writable. */
  readonly 'mount-read-only'?: readonly string[];
  /** umount2(2) when it is left out. */
  readonly unmount?: readonly string[];
  /** Whether the mount command serves the union itself, or ends and leaves a daemon behind. */
  readonly lifetime: 'foreground' | 'daemon';
  /** Seconds. */
  readonly 'ready-within'?: number;
  /** A `deviations.yaml`, relative to the description; without it `NAME.deviations.yaml` beside the description. */
  readonly deviations?: string;
  readonly device?: string;
  readonly branches?: BranchSyntax;
  readonly lowers?: { readonly separator: string };
  readonly paths?: PathSyntax;
}

/** How a format is called in a description. */
export type Whiteouts = 'char-device' | 'char-device-or-dot-wh' | 'dot-wh' | 'hidden-suffix' | 'none';

/** How `{branches}` is written: each branch as `format`, with its mode as the union calls it. */
export interface BranchSyntax {
  readonly format: string;
  readonly separator: string;
  readonly modes: Readonly<Partial<Record<BranchMode, string>> & Record<'rw' | 'ro', string>>;
}

/** What a command line can say about a path. */
export interface PathSyntax {
  /** Characters and what is written for them. */
  readonly escape?: Readonly<Record<string, string>>;
  /** Characters that cannot be written at all. */
  readonly 'cannot-have'?: string;
}
