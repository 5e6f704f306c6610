/**
 * What a worker asks of its agent and what it gets: one JSON object per line, one answer
 * per request, in order. The agent is the only process that touches a union.
 */
import type { Availability, BranchMode, MountOptions } from '../backend.js';
import type { Bytes } from '../bytes.js';
import type { Capability } from '../capability.js';
import type {
  AllocateMode,
  AttributeMode,
  Device,
  DirectoryEntry,
  FileSystemStat,
  Identity,
  Kind,
  OpenFlag,
  RenameMode,
  Stat,
  Time,
} from '../files.js';
import type { Requirement } from '../requirement.js';
import type { Errno } from '../system/errno.js';
import type { Entry } from '../tree/tree.js';
import type { ContainerAct, ContainerSeen } from './container-protocol.js';
import type { GroupAct, GroupSeen } from './control-group-protocol.js';
import type { ImageAnswer, ImageRequest } from './image-requests.js';

/** What a Given puts at a path of a branch. */
export type Planted =
  | { readonly kind: 'file'; readonly content: Bytes }
  /** A regular file with this many bytes of the pattern (`src/tree/content.ts`). */
  | { readonly kind: 'pattern'; readonly size: number }
  /** A hole of this many bytes, which reads as zeros. */
  | { readonly kind: 'zeros'; readonly size: number }
  | { readonly kind: 'directory'; readonly opaque: boolean }
  | { readonly kind: 'symlink'; readonly target: Bytes }
  | { readonly kind: 'link'; readonly to: Bytes }
  | { readonly kind: 'fifo' | 'socket' | 'whiteout' }
  /** A root file system with programs of this machine and the libraries they need. */
  | { readonly kind: 'root'; readonly programs: readonly string[] }
  /** A program of this machine, and nothing that it needs. */
  | { readonly kind: 'program'; readonly program: string }
  | { readonly kind: 'character-device' | 'block-device'; readonly device: Device };

export interface BranchSpec {
  readonly name: string;
  /** `apart`: a directory that is no branch yet. */
  readonly mode: BranchMode | 'apart';
  /** Bytes: it lies on a file system of its own of this size; needs `mounts` of the host. */
  readonly size?: number;
  readonly entries: readonly (readonly [path: Bytes, planted: Planted])[];
}

/** As `BranchChange`, with the names of branches; one that was not built is a directory that does not exist. */
export type NamedBranchChange =
  | { readonly change: 'append' | 'prepend' | 'mode'; readonly branch: string; readonly mode: BranchMode }
  | { readonly change: 'insert'; readonly branch: string; readonly mode: BranchMode; readonly at: number }
  | { readonly change: 'delete'; readonly branch: string };

/** What can be set on an entry. */
export type Property =
  | { readonly name: 'mode'; readonly mode: number }
  | { readonly name: 'owner'; readonly uid: number; readonly gid: number }
  | { readonly name: 'mtime' | 'atime'; readonly time: Time }
  | {
      readonly name: 'attribute';
      readonly attribute: Bytes;
      readonly value: Bytes;
      readonly how: AttributeMode;
    }
  | { readonly name: 'no-attribute'; readonly attribute: Bytes };

/** What can be set through an open file. */
export type FileProperty = Exclude<Property, { name: 'attribute' | 'no-attribute' }>;

/** One operation on the union; open files are known by a name. */
export type Call =
  | {
      readonly call: 'look' | 'lookup' | 'list' | 'unlink' | 'rmdir' | 'remove-all' | 'statfs';
      readonly path: Bytes;
    }
  /** open, read everything, close. */
  | { readonly call: 'read-file'; readonly path: Bytes }
  /** open with O_WRONLY and the flags, write at the offset (or at the end with O_APPEND), close. */
  | {
      readonly call: 'write-file';
      readonly path: Bytes;
      readonly flags: readonly OpenFlag[];
      readonly offset: number;
      readonly data: Bytes;
    }
  | { readonly call: 'mkdir'; readonly path: Bytes; readonly mode: number }
  | {
      readonly call: 'mknod';
      readonly path: Bytes;
      readonly kind: Exclude<Kind, 'directory' | 'symlink'>;
      readonly device: Device;
    }
  | { readonly call: 'symlink'; readonly path: Bytes; readonly target: Bytes }
  | { readonly call: 'link'; readonly existing: Bytes; readonly path: Bytes }
  | { readonly call: 'rename'; readonly from: Bytes; readonly to: Bytes; readonly mode: RenameMode }
  | { readonly call: 'truncate'; readonly path: Bytes; readonly size: number }
  | { readonly call: 'set'; readonly path: Bytes; readonly property: Property }
  | { readonly call: 'get-attribute'; readonly path: Bytes; readonly name: Bytes }
  | {
      readonly call: 'open';
      readonly file: string;
      readonly path: Bytes;
      readonly flags: readonly OpenFlag[];
      readonly mode: number;
    }
  | { readonly call: 'read'; readonly file: string; readonly offset: number; readonly length: number }
  | { readonly call: 'write'; readonly file: string; readonly offset: number; readonly data: Bytes }
  | { readonly call: 'stat' | 'sync' | 'close' | 'list-open'; readonly file: string }
  | { readonly call: 'ftruncate'; readonly file: string; readonly size: number }
  | {
      readonly call: 'fset';
      readonly file: string;
      readonly property: FileProperty;
    }
  | {
      readonly call: 'allocate';
      readonly file: string;
      readonly mode: AllocateMode;
      readonly offset: number;
      readonly length: number;
    }
  /** mmap(2) MAP_SHARED of the first `length` bytes; needs a union that is visible to programs. */
  | { readonly call: 'map'; readonly file: string; readonly length: number; readonly writable: boolean }
  | { readonly call: 'read-map'; readonly file: string }
  | { readonly call: 'write-map'; readonly file: string; readonly offset: number; readonly data: Bytes }
  /** flock(2) LOCK_NB, or fcntl(2) F_SETLK over the whole file. */
  | {
      readonly call: 'lock';
      readonly file: string;
      readonly how: 'flock' | 'fcntl';
      readonly exclusive: boolean;
    }
  | { readonly call: 'change-branches'; readonly change: NamedBranchChange }
  | { readonly call: 'control-group'; readonly act: GroupAct }
  /** Runs a program in the union's root directory; needs a union that is visible to programs. */
  | { readonly call: 'run'; readonly command: readonly string[]; readonly input: string };

/** What a call gave. */
export type Value =
  | null
  | GroupSeen
  | Stat
  | Looked
  | readonly DirectoryEntry[]
  | FileSystemStat
  | { readonly data: Bytes }
  | { readonly names: readonly Bytes[] }
  | { readonly number: number | null }
  | { readonly status: number | null; readonly output: string };

export type CallResult =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly errno: Errno };

export type Request =
  /** Loads a backend and makes its availability known. */
  | { readonly do: 'probe'; readonly backend: string }
  | { readonly do: 'probe-capability'; readonly backend: string; readonly capability: Capability }
  | { readonly do: 'probe-requirement'; readonly requirement: Requirement }
  /** Builds branches, highest first, in a fresh directory. */
  | { readonly do: 'begin'; readonly backend: string; readonly branches: readonly BranchSpec[] }
  /** Changes a branch behind the union's back, or before it is mounted. */
  | { readonly do: 'plant'; readonly branch: string; readonly path: Bytes; readonly planted: Planted }
  | { readonly do: 'uproot'; readonly branch: string; readonly path: Bytes }
  | { readonly do: 'adjust'; readonly branch: string; readonly path: Bytes; readonly property: Property }
  /** What the next mount is told, in addition to what was said before. */
  | { readonly do: 'options'; readonly options: MountOptions }
  | { readonly do: 'remount' }
  /** Afterwards its branches can be looked at, and what the kernel shows. */
  | { readonly do: 'unmount' }
  | { readonly do: 'kernel-view' }
  | { readonly do: 'as'; readonly identity: Identity | null }
  /** umask(2) of who acts; for unions that programs see. */
  | { readonly do: 'umask'; readonly umask: number }
  | { readonly do: 'call'; readonly call: Call }
  /** A tree, interpreted by the backend's format when it is a branch. The paths are looked up before anything is listed. */
  | {
      readonly do: 'tree';
      readonly of: 'union' | { readonly branch: string };
      readonly lookUp: readonly Bytes[];
    }
  /** One entry as it is in a branch, without interpretation. */
  | { readonly do: 'look'; readonly branch: string; readonly path: Bytes }
  | { readonly do: 'container'; readonly act: ContainerAct }
  | { readonly do: 'images'; readonly request: ImageRequest }
  /** What the implementation itself has printed. */
  | { readonly do: 'log' }
  /** Ends the scenario: unmounts, compares, removes; `keep` is a directory to copy its branches to. */
  | { readonly do: 'end'; readonly keep?: string };

/** What one entry is. */
export interface Looked {
  readonly stat: Stat;
  readonly target?: Bytes;
  /** Of a regular file of a branch, as in `Entry`. */
  readonly content?: Bytes;
  readonly attributes: Readonly<Record<string, Bytes>>;
}

/** As `KernelView`, with the names of branches; one that was not built is shown by its path. */
export interface NamedKernelView {
  readonly id: string | null;
  readonly details: {
    readonly branches: readonly {
      readonly branch: string;
      readonly mode: string;
      readonly number: number;
    }[];
    readonly inodeFile: Bytes;
    readonly inodeFileExists: boolean;
  } | null;
}

/** What the always-on check found when the scenario ended. */
export interface Aftermath {
  /** One line for each difference in a read-only branch. */
  readonly changedBranches: readonly string[];
  readonly daemon: 'none' | 'alive' | 'dead';
  /** Mounts and processes that were still there after unmount. */
  readonly leftovers: readonly string[];
  /** Milliseconds in which the union was at work. */
  readonly inUnion: number;
}

export type Answer =
  | {
      readonly availability: Availability;
      readonly name: string;
      readonly title: string;
      readonly capabilities: readonly Capability[];
    }
  | { readonly present: boolean; readonly reason: string; readonly remedy: string }
  | { readonly result: CallResult }
  | { readonly tree: readonly Entry[]; readonly disagreements: readonly string[] }
  | { readonly entry: Looked | null }
  | { readonly seen: ContainerSeen }
  | { readonly images: ImageAnswer }
  /** The image store refuses: its own words. */
  | { readonly imageError: string }
  | { readonly log: string }
  | { readonly view: NamedKernelView | null }
  | { readonly aftermath: Aftermath }
  | { readonly done: true }
  /** The union could not be mounted: the implementation's own words. */
  | { readonly mountError: string }
  /** A container could not be made: the runtime's own words. */
  | { readonly containerError: string }
  /** The agent ended or hung over a probe: said by the worker in its place. */
  | { readonly stopped: string; readonly kind: 'hang' | 'crash' }
  /** The harness is at fault. */
  | { readonly failure: string };
