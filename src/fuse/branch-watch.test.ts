import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { bytes } from '../bytes.js';
import { Watches } from '../system/watches.js';
import { DirectoryUnion } from '../union/directory-union.js';
import { Engine } from '../union/engine.js';
import type { Entry } from '../union/entry.js';
import { BranchWatch } from './branch-watch.js';
import type { Node } from './node.js';
import { Nodes } from './nodes.js';
import { Notifications } from './notifications.js';
import { OUT_HEADER, ROOT_NODE } from './protocol.js';
import { Reply } from './reply.js';

/** Events that wait to be heard, at most; one takes 32 bytes at least, and 64 KiB are heard at once. */
const kept = Number(readFileSync('/proc/sys/fs/inotify/max_queued_events', 'latin1'));

/** A union whose lower branch is watched, and the names that the kernel is told to look up again. */
class WatchedUnion {
  readonly directory = mkdtempSync(join(tmpdir(), 'watched-'));
  readonly lower = join(this.directory, 'lower');
  readonly nodes: Nodes;
  readonly #union: DirectoryUnion;
  readonly #watches = new Watches();
  readonly #watch: BranchWatch;
  #told: string[] = [];

  constructor() {
    for (const name of ['upper', 'lower', 'lower/d']) mkdirSync(join(this.directory, name));
    this.#union = new DirectoryUnion(
      Engine,
      [
        { name: 'upper', path: bytes(join(this.directory, 'upper')), mode: 'rw' },
        { name: 'lower', path: bytes(this.lower), mode: 'ro' },
      ],
      { directAccess: 'notify' },
    );
    this.nodes = new Nodes(this.#union.engine);
    const send = (messages: readonly Buffer[]) => {
      this.#told.push(
        ...messages.map((message) => message.toString('latin1', OUT_HEADER + 16, message.length - 1)),
      );
    };
    const notifications = new Notifications(-1, { send, settle() {} });
    notifications.canExpire = true;
    const reply = new Reply({ entry: 1, attributes: 1 });
    this.#watch = new BranchWatch(this.#watches, this.#union, this.nodes, notifications, reply);
    this.nodes.watch = this.#watch;
  }

  get root(): Node {
    return this.nodes.get(ROOT_NODE);
  }

  lookUp(name: string): Node {
    const entry = this.#union.engine.lookup(this.nodes.entryOf(this.root), bytes(name)) as Entry;
    return this.nodes.named(this.root, bytes(name), entry);
  }

  /** What the kernel is told after the changes. */
  after(change: () => void): ReadonlySet<string> {
    this.#told = [];
    change();
    for (let heard = 0; heard <= kept; heard += 1024) this.#watch.hear();
    return new Set(this.#told);
  }

  [Symbol.dispose](): void {
    this.#watches.close();
    this.#union.engine.unmount();
    rmSync(this.directory, { recursive: true });
  }
}

test('what was not in a directory is looked up again in the one that takes its place, and that is watched', () => {
  using union = new WatchedUnion();
  const path = join(union.lower, 'd');
  union.nodes.isAbsent(union.lookUp('d'), bytes('new'));
  // Some file systems give the new one the number of the old one.
  const replaced = union.after(() => {
    rmSync(path, { recursive: true });
    mkdirSync(path);
  });
  assert.deepEqual(replaced, new Set(['d', 'new']));
  union.nodes.isAbsent(union.lookUp('d'), bytes('later'));
  assert.deepEqual(
    union.after(() => writeFileSync(join(path, 'later'), '')),
    new Set(['later']),
  );
});

test('everything is looked up again when more has happened than the kernel keeps', () => {
  using union = new WatchedUnion();
  const files = ['a', 'b'].map((name) => join(union.lower, name));
  for (const file of files) writeFileSync(file, '');
  for (const name of ['a', 'd']) union.lookUp(name);
  union.nodes.isAbsent(union.root, bytes('none'));
  const told = union.after(() => {
    // Two that are equal, one after the other, count as one.
    for (let times = 0; times <= kept / 2; times++) for (const file of files) chmodSync(file, 0o644);
  });
  assert.deepEqual(told, new Set(['a', 'd', 'none']));
});
