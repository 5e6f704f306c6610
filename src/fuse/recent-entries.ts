import type { Engine } from '../union/engine.js';
import type { Entry } from '../union/entry.js';
import type { Node } from './node.js';

/** A power of two; an entry takes about half a kilobyte. */
const SLOTS = 1024;

interface Recent {
  readonly node: Node;
  readonly entry: Entry;
  readonly generation: number;
  readonly version: number;
}

/**
 * The entries of the files that were last asked about: what is looked up is opened, read and looked
 * at next. They hold until a name changes anywhere, and only where nobody else changes names.
 */
export class RecentEntries {
  readonly #slots: (Recent | undefined)[] = Array.from({ length: SLOTS }, () => undefined);

  keep(node: Node, entry: Entry, { generation, version }: Engine): void {
    if (version !== undefined) this.#slots[node.id % SLOTS] = { node, entry, generation, version };
  }

  /** The entry as it was; its place is where it was. */
  get(node: Node, engine: Engine): Entry | undefined {
    const recent = this.#slots[node.id % SLOTS];
    if (recent?.node !== node || recent.generation !== engine.generation) return undefined;
    return recent.version === engine.version ? recent.entry : undefined;
  }
}
