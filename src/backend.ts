/**
 * The contract of a backend: the adapter to one implementation of a union file system.
 *
 * A backend is a folder of `src/backends/`, or a file named on the command line. Either it
 * is a module whose default export is `defineBackend({ … })`, or a `backend.yaml`
 * (`schemas/backend.schema.json`) for a union that is mounted by one command.
 * `deviations.yaml` beside it lists where the implementation is known to differ.
 *
 * Backends are loaded by the agent, in the sandbox. All of it is synchronous: the agent is
 * one thread that is killed, never waited for, when a union hangs.
 */
import type { Bytes } from './bytes.js';
import type { Capability } from './capability.js';
import type { ContainerRuntime } from './container.js';
import type { Files } from './files.js';
import type { Format } from './formats/format.js';
import type { ImageStore } from './images.js';
import type { Tree } from './tree/tree.js';

/**
 * How a branch takes part (aufs(5)): `rw` is written to; `ro` is not, and its whiteouts hide
 * nothing; `ro+wh` is not, and its whiteouts are honoured; `rr` is `ro` for media that
 * cannot change.
 */
export type BranchMode = 'rw' | 'ro' | 'ro+wh' | 'rr' | 'rr+wh';

export interface Branch {
  readonly name: string;
  /** Absolute. */
  readonly path: Bytes;
  readonly mode: BranchMode;
}

export function isWritable(branch: { readonly mode: BranchMode | 'apart' }): boolean {
  return branch.mode === 'rw';
}

/** How the branch of a new entry is chosen: `create=POLICY` of aufs(5). */
export type CreationPolicy = 'tdp' | 'rr' | 'mfs' | 'pmfs';

/** How the branch of a copy is chosen: `cpup=POLICY` of aufs(5). */
export type CopyUpPolicy = 'tdp' | 'bup' | 'bu';

/**
 * What a union does about changes made in its branches without it: `udba=` of aufs(5), "users'
 * direct branch access". `none`: nothing, it may go on with what it remembers; `reval`: it looks
 * at the branch again when a name is looked up; `notify`: it watches the branches.
 */
export type DirectAccess = 'none' | 'reval' | 'notify';

/**
 * What a mount can be told beside its branches. A backend passes on what its implementation
 * knows and leaves out the rest: capabilities, with their probes, say what has an effect.
 */
export interface MountOptions {
  readonly creation?: CreationPolicy;
  readonly copyUp?: CopyUpPolicy;
  readonly directAccess?: DirectAccess;
  /**
   * Whose mode decides who may enter a merged directory: that of its highest part alone (`dirperm1` of
   * aufs(5)). An implementation that knows no other way has nothing to be told.
   */
  readonly permissions?: 'highest';
  /** mount(8), `ro`: nothing can be changed, whatever the modes of the branches are. */
  readonly readOnly?: boolean;
  /**
   * The kernel may read large files of read-only branches by itself. Who has one open while it is copied
   * up then goes on reading what it was, as in overlayfs.
   */
  readonly passThrough?: boolean;
  /** The CPUs of the machine stay awake while the union is busy: each answer is there sooner, at the cost of power. */
  readonly awake?: boolean;
  /**
   * The modes are not said. Then the first branch is writable, unless the whole union is read-only,
   * and the others are not; that is what `mode` of the branches holds, for who has to say them.
   */
  readonly modes?: 'unsaid';
}

/** A change of the list of branches while the union is mounted; branches are known by their path. */
export type BranchChange =
  | { readonly change: 'append' | 'prepend'; readonly branch: Branch }
  /** The new branch gets this index, 0 for the highest; those from there on move down. */
  | { readonly change: 'insert'; readonly branch: Branch; readonly at: number }
  | { readonly change: 'delete'; readonly path: Bytes }
  | { readonly change: 'mode'; readonly path: Bytes; readonly mode: BranchMode };

/** Where a union is mounted and its helpers run; everything in it ends with the sandbox. */
export interface Sandbox {
  /** An absolute path that is empty and stays the backend's until `unmount`: work and log files. */
  readonly directory: Bytes;
  /** An existing empty directory to mount on; absolute. */
  readonly mountPoint: Bytes;
  /** True for the host's root; false within a user namespace of an ordinary user. */
  readonly privileged: boolean;
  /** Private mount and PID namespaces; without them nothing can be mounted. */
  readonly isolated: boolean;
}

/** Something that scenarios need, and cannot have here. */
export interface Lack {
  readonly capability: Capability;
  /** As of `Availability`. */
  readonly reason: string;
  readonly remedy: string;
}

export type Availability =
  | {
      readonly kind: 'available';
      readonly version: string;
      /** Of what is found here, what else matters to who reads a report: which engine, and on what. */
      readonly note?: string;
      /** Capabilities that it has, and cannot show in this place. */
      readonly lacks?: readonly Lack[];
    }
  | {
      readonly kind: 'unavailable';
      /** What was tried and what came back, with the errno where there is one. */
      readonly reason: string;
      /** How to get it: a Debian package, a kernel option, another host. */
      readonly remedy: string;
    };

/** A branch as the kernel shows it. */
export interface ShownBranch {
  /** Absolute, however it was given. */
  readonly path: Bytes;
  /** As the implementation writes it. */
  readonly mode: string;
  /** What the implementation calls it by: another one has another number. */
  readonly number: number;
}

/** What the kernel shows of a union, while it is mounted and afterwards. */
export interface KernelView {
  /** The option of its line in the mount table that leads to the rest; undefined when there is no such line. */
  readonly id?: string;
  /** What its directory of sysfs holds; undefined when there is none. */
  readonly details?: {
    /** Highest first. */
    readonly branches: readonly ShownBranch[];
    /** Where inode numbers are kept. */
    readonly inodeFile: Bytes;
  };
}

/** A union that exists: mounted, or open in process. */
export interface Union {
  readonly files: Files;
  /** Where other programs see it, if they do; absolute. */
  readonly mountPoint?: Bytes;
  /** The serving process, if there is one. */
  daemon(): 'none' | 'alive' | 'dead';
  /** What the implementation itself has printed since it was mounted. */
  log(): string;
  /**
   * Changes the branches under a union that goes on (aufs(5), `append`, `prepend`, `add`, `del`,
   * `mod`); left out where that is not possible. To add a branch that is there already changes
   * nothing.
   * @throws SystemError EBUSY for a branch that something is open in, or the last one; ENOENT for
   * a directory that does not exist or is no branch.
   */
  changeBranches?(change: BranchChange): void;
  /** What the kernel shows of it, also after it was unmounted; left out where it shows nothing but the mount. */
  kernelView?(): KernelView;
  /** Ends the union; afterwards its branches hold everything that was written. */
  unmount(): void;
}

/** Branches that an implementation keeps itself, as layers of an image, say. */
export interface Adopted {
  /** As `Backend.mount`, over what it keeps: again after `unmount`, it shows what was written. @throws MountError */
  mount(): Union;
  /**
   * What a branch holds, with markers explained, where its directory alone does not tell; left out where it does.
   * @param path of one of the branches.
   */
  readBranch?(path: Bytes): Tree;
  /** Lets go of the branches: each path shows again what was built there. */
  release(): void;
}

/** A union that could not be mounted. */
export class MountError extends Error {
  override readonly name = 'MountError';
}

export interface Backend {
  /** Kebab-case; what `--backend` takes. */
  readonly name: string;
  /** One line for people. */
  readonly title: string;
  readonly capabilities: readonly Capability[];
  /** How it marks whiteouts and opaque directories in a branch. */
  readonly format: Format;
  /** Containers made its own way; without it a union that programs see has those of `src/containers/`. */
  readonly containers?: ContainerRuntime;
  /** Images, where its unions are made of them; to be used once it was started. */
  readonly images?: ImageStore | undefined;
  /**
   * Looks at the machine once for a whole run, outside of any sandbox: what it returns is in the environment of all
   * that the run starts. @throws UsageError for an environment that makes no sense.
   */
  settle?(environment: NodeJS.ProcessEnv): Readonly<Record<string, string>>;
  /**
   * Removes what runs have made where it outlives their sandboxes, such as in an engine of the user's: called outside
   * of any, before a run begins and when it is over. @param isOver says it of the name of a run.
   */
  sweep?(isOver: (run: string) => boolean): void;
  /**
   * Starts what all its unions share and what takes long, such as an engine: called once in
   * each agent, before anything else, with a directory of its own. It ends with the sandbox,
   * but for what `stop` ends.
   */
  start?(place: Pick<Sandbox, 'directory' | 'privileged' | 'isolated'>): Availability;
  /** Ends what a sandbox does not end by itself: groups, and what another process keeps. */
  stop?(): void;
  /** Does the thing once in a throw-away place. */
  probe(sandbox: Sandbox): Availability;
  /**
   * Makes a union of the branches, highest first.
   * @throws MountError when the implementation refuses; nothing is left mounted then.
   */
  mount(branches: readonly Branch[], sandbox: Sandbox, options?: MountOptions): Union;
  /**
   * Takes the branches over, when the implementation has a place of its own for them: until
   * `release` each branch's path shows what is there. @throws MountError; nothing is left then.
   */
  adopt?(branches: readonly Branch[], sandbox: Sandbox, options?: MountOptions): Adopted;
}

export function defineBackend(backend: Backend): Backend {
  return backend;
}
