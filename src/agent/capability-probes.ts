/**
 * The probes that confirm a capability's absence: each does the thing once on a union of
 * its own and looks whether it happened. A union that cannot even be mounted that way, or
 * answers with an errno, does not have it.
 */
import { ACCESS_ACL, aclGranting } from '../access-control-list.js';
import { MountError, type MountOptions } from '../backend.js';
import { type Bytes, bytes } from '../bytes.js';
import type { Capability } from '../capability.js';
import { ContainerError } from '../container.js';
import type { DirectoryEntry, Stat } from '../files.js';
import { ImageError } from '../images.js';
import { SystemError } from '../system/errno.js';
import { waitFor } from '../system/wait.js';
import type { ContainerParts, Ran } from './container-protocol.js';
import type { ImageAnswer, ImageRequest } from './image-requests.js';
import type { BranchSpec, Call, CallResult, Planted, Value } from './protocol.js';
import type { AgentScenario } from './scenario.js';

type Build = (branches: readonly BranchSpec[]) => AgentScenario;

export interface CapabilityAnswer {
  readonly present: boolean;
  /** What was seen. */
  readonly reason: string;
  readonly remedy: string;
}

/** Tells what a probe saw that speaks against the capability. */
class Absent extends Error {}

export function probeCapability(capability: Capability, build: Build): CapabilityAnswer {
  const probe = new Probe(build);
  try {
    probes[capability](probe);
    return { present: true, reason: 'done once on a union of its own', remedy: '' };
  } catch (failure) {
    if (failure instanceof Absent) {
      const died = probe.daemonDied ? '; the daemon died' : '';
      return { present: false, reason: failure.message + died, remedy: '' };
    }
    if (failure instanceof MountError)
      return { present: false, reason: `mount: ${failure.message}`, remedy: '' };
    if (failure instanceof ContainerError) return { present: false, reason: failure.message, remedy: '' };
    // Its branches could not be made: a format has no such marker.
    if (failure instanceof SystemError) return { present: false, reason: failure.message, remedy: '' };
    throw failure;
  } finally {
    probe.end();
  }
}

/** What probes say: a union is made, calls are made and have to succeed, something has to hold. */
class Probe {
  readonly #build: Build;
  #scenario: AgentScenario | undefined;

  constructor(build: Build) {
    this.#build = build;
  }

  union(...branches: readonly BranchSpec[]): void {
    this.unionWith({}, ...branches);
  }

  unionWith(options: MountOptions, ...branches: readonly BranchSpec[]): void {
    this.#scenario = this.#build(branches);
    this.#scenario.addOptions(options);
    this.#scenario.union();
  }

  get scenario(): AgentScenario {
    if (this.#scenario === undefined) throw new Error('a probe needs a union first');
    return this.#scenario;
  }

  /** Whether an attribute is read from a file of a lower branch, and can be set. */
  attributed(name: string, value: Bytes): void {
    const property = { name: 'attribute', attribute: bytes(name), value, how: 'set' } as const;
    this.#scenario = this.#build([upper({ g: file('g') }), lower({ f: file('f') })]);
    this.#scenario.adjust('lower', bytes('f'), property);
    this.does({ call: 'get-attribute', path: bytes('f'), name: bytes(name) });
    this.does({ call: 'set', path: bytes('g'), property });
    this.does({ call: 'get-attribute', path: bytes('g'), name: bytes(name) });
  }

  attempt(call: Call): CallResult {
    return this.scenario.call(call);
  }

  does(call: Call): Value {
    const result = this.attempt(call);
    if (!result.ok) throw new Absent(`${call.call}: ${result.errno}`);
    return result.value;
  }

  reads(path: string): string {
    return (this.does({ call: 'read-file', path: bytes(path) }) as { data: Bytes }).data;
  }

  stat(path: string): Stat {
    return this.does({ call: 'lookup', path: bytes(path) }) as Stat;
  }

  overwrites(path: string, text: string): void {
    this.does({
      call: 'write-file',
      path: bytes(path),
      flags: ['O_CREAT', 'O_TRUNC'],
      offset: 0,
      data: bytes(text),
    });
  }

  deletes(path: string): void {
    this.does({ call: 'unlink', path: bytes(path) });
  }

  holds(is: boolean, otherwise: string): void {
    if (!is) throw new Absent(otherwise);
  }

  has(path: string): boolean {
    return this.attempt({ call: 'lookup', path: bytes(path) }).ok;
  }

  lists(path: string): boolean {
    const entries = this.does({ call: 'list', path: bytes('') }) as readonly DirectoryEntry[];
    return entries.some(({ name }) => name === path);
  }

  /** Whether it holds within the time that a watcher may take. */
  soon(holds: () => boolean): boolean {
    return waitFor(() => holds() || undefined, NOTICE) === true;
  }

  branchHas(branch: string, path: string): boolean {
    return this.scenario.readBranch(branch).tree.has(bytes(path));
  }

  rawName(branch: string, kind: 'dot-wh' | 'char-device'): boolean {
    return this.scenario.hasRawWhiteout(branch, bytes('f'), kind);
  }

  /** Whether a script succeeds in a container of these parts. */
  contains(parts: ContainerParts, script = ':'): void {
    this.scenario.act({ act: 'start', container: 'probe', parts, command: ['/bin/sh', '-c', script] });
    const seen = this.scenario.act({ act: 'await', process: 'probe', limit: 5000 }) as Ran;
    this.holds(seen.end?.kind === 'exited' && seen.end.status === 0, `its program fails: ${seen.output}`);
  }

  images(request: ImageRequest): ImageAnswer {
    this.#scenario ??= this.#build([]);
    try {
      return this.#scenario.images(request);
    } catch (failure) {
      if (failure instanceof ImageError) throw new Absent(failure.message);
      throw failure;
    }
  }

  get daemonDied(): boolean {
    return this.#scenario?.daemon() === 'dead';
  }

  end(): void {
    this.#scenario?.end();
  }
}

const file = (content: string): Planted => ({ kind: 'file', content: bytes(content) });
const directory: Planted = { kind: 'directory', opaque: false };

function branch(name: string, mode: BranchSpec['mode'], entries: Record<string, Planted>): BranchSpec {
  return { name, mode, entries: Object.entries(entries).map(([path, planted]) => [bytes(path), planted]) };
}

const upper = (entries: Record<string, Planted> = {}) => branch('upper', 'rw', entries);
const lower = (entries: Record<string, Planted> = {}) => branch('lower', 'ro', entries);

const at = bytes;

/** Milliseconds within which a watched change has to be noticed. */
const NOTICE = 150;

/** NAME_MAX of the file systems that unions are made of (limits.h). */
const longest = 'n'.repeat(255);

const probes: Readonly<Record<Capability, (probe: Probe) => void>> = {
  'copy-on-write'(u) {
    u.union(upper(), lower({ f: file('old') }));
    u.holds(!u.branchHas('upper', 'f'), 'the writable branch has a copy before anything is changed');
    u.overwrites('f', 'new');
    u.holds(u.reads('f') === 'new' && u.branchHas('upper', 'f'), 'the change is not in the writable branch');
  },
  whiteouts(u) {
    u.union(upper(), lower({ f: file('old') }));
    u.deletes('f');
    u.holds(!u.attempt({ call: 'lookup', path: at('f') }).ok, 'the deleted file is still there');
    const marker = u.scenario.readBranch('upper').tree.get(at('f'));
    u.holds(marker?.kind === 'whiteout', 'there is no whiteout in the writable branch');
  },
  'opaque-directories'(u) {
    u.union(upper(), lower({ 'd/f': file('old') }));
    u.does({ call: 'remove-all', path: at('d') });
    u.does({ call: 'mkdir', path: at('d'), mode: 0o755 });
    u.holds(!u.attempt({ call: 'lookup', path: at('d/f') }).ok, 'the old entry shows again');
  },
  'whiteouts-in-read-only-branches'(u) {
    u.union(upper(), branch('middle', 'ro+wh', { f: { kind: 'whiteout' } }), lower({ f: file('old') }));
    u.holds(!u.attempt({ call: 'lookup', path: at('f') }).ok, 'the whiteout hides nothing');
  },
  'plain-read-only-branches'(u) {
    u.union(upper(), branch('middle', 'ro', { f: { kind: 'whiteout' } }), lower({ f: file('old') }));
    u.holds(
      u.attempt({ call: 'lookup', path: at('f') }).ok,
      'a whiteout of a branch mounted ro hides the name',
    );
  },
  'several-writable-branches'(u) {
    u.union(upper(), branch('second', 'rw', { f: file('old') }));
    u.overwrites('f', 'new');
    u.holds(!u.branchHas('upper', 'f'), 'the change is not made in the second branch');
  },
  'no-writable-branch'(u) {
    u.union(branch('upper', 'ro', { f: file('old') }), lower({ g: file('old') }));
    u.holds(u.reads('f') === 'old' && u.reads('g') === 'old', 'the entries cannot be read');
  },
  'read-only-mount'(u) {
    u.unionWith({ readOnly: true }, upper({ f: file('old') }), lower());
    const wrote = u.attempt({ call: 'truncate', path: at('f'), size: 0 });
    u.holds(!wrote.ok && wrote.errno === 'EROFS', 'a file of the writable branch can be changed');
    u.holds(u.reads('f') === 'old', 'the entries cannot be read');
  },
  'branch-changes'(u) {
    u.union(upper(), lower(), branch('extra', 'apart', { f: file('extra') }));
    u.does({ call: 'change-branches', change: { change: 'append', branch: 'extra', mode: 'ro' } });
    u.holds(u.reads('f') === 'extra', 'the entries of the new branch do not show');
    u.does({ call: 'change-branches', change: { change: 'delete', branch: 'extra' } });
    u.holds(!u.attempt({ call: 'lookup', path: at('f') }).ok, 'the entries of the branch show still');
  },
  'creation-policies'(u) {
    // Round robin goes through all branches, whatever it begins with.
    u.unionWith({ creation: 'rr' }, upper(), branch('second', 'rw', {}));
    for (const path of ['f', 'g']) u.overwrites(path, 'new');
    u.holds(
      u.branchHas('upper', 'f') !== u.branchHas('upper', 'g'),
      'two new files are made in the same branch',
    );
  },
  'copy-up-policies'(u) {
    u.unionWith({ copyUp: 'bu' }, upper(), branch('second', 'rw', {}), lower({ f: file('old') }));
    u.overwrites('f', 'new');
    u.holds(u.branchHas('second', 'f'), 'the copy is not in the nearest branch');
  },
  revalidation(u) {
    u.unionWith({ directAccess: 'reval' }, upper(), lower({ f: file('old'), g: file('old') }));
    u.holds(u.reads('f') === 'old' && u.reads('g') === 'old', 'the entries cannot be read');
    u.scenario.plant('lower', at('f'), file('changed'));
    u.holds(u.reads('f') === 'changed', 'a file that was changed reads as before');
    u.scenario.uproot('lower', at('g'));
    u.holds(!u.has('g'), 'a file that is gone is found still');
    u.scenario.plant('lower', at('h'), file('new'));
    u.holds(u.has('h'), 'a file that was put in is not found');
  },
  'change-notification'(u) {
    u.unionWith({ directAccess: 'notify' }, upper(), lower({ f: file('old') }));
    u.deletes('f');
    u.holds(!u.lists('f') && !u.has('f'), 'a deleted file is still there');
    u.scenario.uproot('upper', at('f'));
    u.holds(
      u.soon(() => u.lists('f') && u.has('f')),
      'a whiteout that is gone hides the name still',
    );
    u.scenario.plant('lower', at('g'), file('new'));
    u.holds(
      u.soon(() => u.lists('g') && u.has('g')),
      'a file that was put in does not show',
    );
    u.scenario.uproot('lower', at('g'));
    u.holds(
      u.soon(() => !u.lists('g') && !u.has('g')),
      'a file that is gone shows still',
    );
  },
  'directory-rename'(u) {
    u.union(upper(), lower({ 'd/f': file('old') }));
    u.does({ call: 'rename', from: at('d'), to: at('e'), mode: 'replace' });
    u.holds(u.reads('e/f') === 'old', 'the entries are lost');
  },
  'rename-flags'(u) {
    u.union(upper({ f: file('f'), g: file('g') }), lower());
    u.does({ call: 'rename', from: at('f'), to: at('g'), mode: 'exchange' });
    u.holds(u.reads('f') === 'g', 'RENAME_EXCHANGE exchanges nothing');
  },
  'hard-links'(u) {
    u.union(upper(), lower({ f: file('f') }));
    u.does({ call: 'link', existing: at('f'), path: at('g') });
    u.holds(u.stat('f').ino === u.stat('g').ino, 'the link is another file');
  },
  'linked-copy-up'(u) {
    u.union(upper(), lower({ f: file('f'), g: { kind: 'link', to: at('f') } }));
    u.overwrites('f', 'new');
    u.holds(u.branchHas('upper', 'f'), 'nothing is copied up');
    u.holds(u.reads('g') === 'new', 'the other link keeps the old content');
    u.scenario.remount();
    u.holds(u.reads('g') === 'new', 'the other link has the old content again after a remount');
  },
  'stable-inodes'(u) {
    u.union(upper(), lower({ f: file('f') }));
    const before = u.stat('f').ino;
    u.overwrites('f', 'new');
    u.holds(u.branchHas('upper', 'f'), 'nothing is copied up');
    u.holds(u.stat('f').ino === before, 'the inode number changes with the copy-up');
  },
  'extended-attributes'(u) {
    u.attributed('user.k', bytes('v'));
  },
  'access-control-lists'(u) {
    u.attributed(ACCESS_ACL, aclGranting(0, 4));
  },
  'sparse-copy-up'(u) {
    u.union(upper(), lower({ f: file('') }));
    u.scenario.change('lower', (files) => files.truncate(at('f'), 1 << 20));
    const property = { name: 'mode', mode: 0o600 } as const;
    u.does({ call: 'set', path: at('f'), property });
    const { size, blocks } = u.stat('f');
    u.holds(size === 1 << 20, 'the union does not show that the file has grown');
    u.holds(blocks < 256, 'the copy has no holes');
  },
  'full-length-names'(u) {
    u.union(upper(), lower({ [longest]: file('f') }));
    u.deletes(longest);
    u.holds(!u.attempt({ call: 'lookup', path: at(longest) }).ok, 'the deleted file is still there');
  },
  'special-files'(u) {
    u.union(upper(), lower({ p: { kind: 'fifo' } }));
    u.does({ call: 'mknod', path: at('q'), kind: 'fifo', device: { major: 0, minor: 0 } });
    u.does({ call: 'set', path: at('p'), property: { name: 'mode', mode: 0o600 } });
  },
  'unnamed-files'(u) {
    u.union(upper({ d: directory }), lower());
    u.does({ call: 'open', file: 'f', path: at('d'), flags: ['O_RDWR', 'O_TMPFILE'], mode: 0o600 });
  },
  'direct-io'(u) {
    u.union(upper(), lower({ f: { kind: 'pattern', size: 4096 } }));
    u.does({ call: 'open', file: 'f', path: at('f'), flags: ['O_RDONLY', 'O_DIRECT'], mode: 0 });
  },
  'hole-punching'(u) {
    u.union(upper({ f: { kind: 'pattern', size: 8192 } }), lower());
    u.does({ call: 'open', file: 'f', path: at('f'), flags: ['O_RDWR'], mode: 0 });
    u.does({ call: 'allocate', file: 'f', mode: 'punch-hole', offset: 0, length: 4096 });
  },
  introspection(u) {
    u.union(upper(), lower());
    u.holds(u.scenario.kernelView()?.details !== undefined, 'the kernel shows nothing of its branches');
  },
  'visible-to-programs'(u) {
    u.union(upper(), lower({ f: file('f') }));
    const ran = u.does({ call: 'run', command: ['test', '-f', 'f'], input: '' }) as { status: number | null };
    u.holds(ran.status === 0, 'a program does not see its files');
  },
  containers(u) {
    u.union(upper(), lower({ '': { kind: 'root', programs: ['busybox'] } }));
    u.contains({});
  },
  'partial-containers'(u) {
    u.union(upper(), lower({ '': { kind: 'root', programs: ['busybox'] } }));
    u.contains({ namespaces: ['mount'], root: 'host', proc: false });
  },
  'joined-control-groups'(u) {
    u.union(upper(), lower({ '': { kind: 'root', programs: ['busybox'] } }));
    u.does({ call: 'control-group', act: { act: 'make', group: 'g', limits: [] } });
    u.contains(
      { controlGroup: 'g' },
      "sed 's/.*-//' /proc/self/cgroup | grep -qx g || { cat /proc/self/cgroup; exit 1; }",
    );
  },
  'char-device-whiteouts'(u) {
    u.union(upper(), lower({ f: file('f') }));
    u.deletes('f');
    u.holds(u.rawName('upper', 'char-device'), 'the marker is not a character device 0:0');
  },
  'dot-wh-whiteouts'(u) {
    u.union(upper(), lower({ f: file('f') }));
    u.deletes('f');
    u.holds(u.rawName('upper', 'dot-wh'), 'there is no file .wh.f');
  },
  'linked-whiteouts'(u) {
    u.union(upper(), lower({ f: file('f') }));
    u.deletes('f');
    const base = u.scenario.lookInto('upper', at('.wh..wh.aufs'));
    u.holds(base !== undefined, 'there is no file .wh..wh.aufs');
    const marker = u.scenario.lookInto('upper', at('.wh.f'));
    u.holds(marker?.stat.ino === base?.stat.ino, 'the marker is a file of its own');
  },
  images(u) {
    u.images({
      act: 'load',
      image: 'app',
      on: 'base',
      layers: [{ name: 'top', entries: [[at('f'), file('f')]] }],
    });
    u.images({ act: 'start', container: 'one', image: 'app', there: false });
    const read = u.images({ ask: 'read', container: 'one', path: at('f') });
    u.holds('content' in read && read.content === at('f'), 'the file of a layer is not in the container');
  },
  'separate-layers'(u) {
    u.images({
      act: 'load',
      image: 'app',
      on: 'base',
      layers: [{ name: 'top', entries: [[at('f'), file('f')]] }],
    });
    const stored = u.images({ ask: 'stored', image: 'app' });
    const paths = 'trees' in stored ? (stored.trees.at(-1)?.tree ?? []).map(({ path }) => path) : [];
    u.holds(paths.join() === ',f', `the layer of one file is stored as ${paths.length} entries`);
  },
  'shown-layers'(u) {
    u.images({ act: 'start', container: 'one', image: 'base', there: false });
    const noted = u.images({ ask: 'noted-below', container: 'one' });
    const below = 'places' in noted ? noted.places : [];
    u.holds(below.join() === 'init,0', `below the layer of a container is noted ${below.join()}`);
    const shown = u.images({ ask: 'branches', container: 'one' });
    const branches = 'branches' in shown ? shown.branches.map(({ place }) => place) : [];
    u.holds(branches.join() === 'own,init,0', `the kernel shows the branches ${branches.join()}`);
  },
};
