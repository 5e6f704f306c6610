import { setWorldConstructor, World } from '@cucumber/cucumber';
import type { ImageAnswer, ImageRequest } from '../src/agent/image-requests.js';
import type { Answer, BranchSpec, Call, CallResult, Request, Value } from '../src/agent/protocol.js';
import { type Bytes, display } from '../src/bytes.js';
import type { Limit } from '../src/control-groups/control-group.js';
import type { Stat } from '../src/files.js';
import type { Evidence } from '../src/outcome.js';
import { ExpectationFailed, HarnessError, stage } from '../src/runner/stage.js';
import { type Comparison, differences, diffTrees } from '../src/tree/diff-trees.js';
import { type Tree, treeOf } from '../src/tree/tree.js';
import { ContainerView } from './container-view.js';
import { ControlGroupView } from './control-group-view.js';
import type { Tense } from './parameter-types.js';

/** What the union and its branches held at one moment. */
interface Snapshot {
  readonly union: Tree;
  readonly branches: ReadonlyMap<string, Tree>;
}

/** One scenario's view of its union, through the agent. */
export class UnionWorld extends World {
  branches: readonly BranchSpec[] = [];
  /** Whether a scenario with a When that has to fail is under way: then everything is kept to compare. */
  expectsFailure = false;
  /** Whether a Then compares two time stamps: then they must not fall into one tick of the clock. */
  comparesMoments = false;
  /** What stat(2) said when an entry was looked at. */
  readonly noted = new Map<Bytes, Stat>();
  /** Whether a Then has looked at the union or its branches. */
  looked = false;
  /** What each image was made of: the image below, and the names of its own layers, highest first. */
  readonly layers = new Map<string, { readonly on: string; readonly names: readonly string[] }>();
  /** What each container of an image was limited to. */
  readonly limits = new Map<string, readonly Limit[]>();
  /** Bytes that images and containers took on the disk, before the last of them was made. */
  diskBefore = 0;
  /** What the first step that failed has thrown. */
  failure: unknown;
  readonly containers = new ContainerView(this);
  readonly controlGroups = new ControlGroupView(this);
  #begun = false;
  /** The branches are built while the next step is on its way; the agent answers in order. */
  #opened: Promise<unknown> | undefined;
  #last: CallResult | undefined;
  #before: Snapshot | undefined;

  async ask<K extends string>(request: Request, key: K): Promise<Extract<Answer, Record<K, unknown>>> {
    const asked = stage.ask(request);
    asked.catch(() => {}); // it is awaited below, unless the branches could not be built
    await this.#opened; // what went wrong there comes first
    const answer = await asked;
    if (!(key in answer))
      throw new HarnessError(`the agent answered ${request.do} with ${JSON.stringify(answer)}`);
    return answer as Extract<Answer, Record<K, unknown>>;
  }

  begin(branches: readonly BranchSpec[]): void {
    this.branches = branches;
    this.#begun = true;
    this.#opened = stage.ask({ do: 'begin', backend: stage.backend, branches });
    this.#opened.catch(() => {}); // whoever asks next sees it
  }

  get begun(): boolean {
    return this.#begun;
  }

  /** Whether there is something to end: the agent has nothing when its backend, an engine say, could not be started. */
  async hasBegun(): Promise<boolean> {
    try {
      await this.#opened;
    } catch (failure) {
      if (failure instanceof ExpectationFailed) return false;
      throw failure;
    }
    return this.#begun;
  }

  /** One call that has to work: what a Given or a Then needs. */
  async need(call: Call): Promise<Value> {
    const result = await this.try(call);
    if (result.ok) return result.value;
    throw new ExpectationFailed(`${describe(call)} fails with ${result.errno}`, { errno: result.errno });
  }

  /** A change to a branch without the union; it can only fail when the union left the branch otherwise. */
  async change(request: Extract<Request, { do: 'plant' | 'uproot' | 'adjust' }>): Promise<void> {
    const { result } = await this.ask(request, 'result');
    if (result.ok) return;
    const message = `"${display(request.path)}" in the ${request.branch} branch: ${result.errno}`;
    throw new ExpectationFailed(message, { errno: result.errno });
  }

  async try(call: Call): Promise<CallResult> {
    const { result } = await this.ask({ do: 'call', call }, 'result');
    if (call.call !== 'run' || !result.ok) return result;
    const { status } = result.value as { readonly status: number | null };
    if (status === 0) return result;
    throw new ExpectationFailed(`${call.command[0]} ends with ${status ?? 'a signal'}`);
  }

  /** The operation of a step: it has to work in the past tense, and is kept for a Then in the present. */
  async operate(tense: Tense, call: Call): Promise<void> {
    if (tense === 'was') {
      await this.need(call);
      return;
    }
    if (this.#last !== undefined) throw new HarnessError('a scenario has one When');
    if (this.expectsFailure) this.#before = await this.#snapshot();
    this.#last = await this.try(call);
  }

  /** What the When came to; a Then that looks at something else insists that it worked. */
  insistOnSuccess(): void {
    this.looked = true;
    this.containers.insistOnSuccess();
    if (this.#last?.ok === false) {
      throw new ExpectationFailed(`it fails with ${this.#last.errno}`, { errno: this.#last.errno });
    }
  }

  expectSuccess(): void {
    if (this.#last === undefined) throw new HarnessError('nothing was done that could succeed');
    this.insistOnSuccess();
  }

  async expectFailure(errno: string): Promise<void> {
    this.looked = true;
    const last = this.#last;
    this.#last = undefined;
    if (last === undefined) throw new HarnessError('nothing was done that could fail');
    if (last.ok) throw new ExpectationFailed(`it succeeds, it has to fail with ${errno}`, { errno: 'OK' });
    if (last.errno !== errno) {
      throw new ExpectationFailed(`it fails with ${last.errno}, not with ${errno}`, { errno: last.errno });
    }
    if (this.#before === undefined) throw new HarnessError('the state before the When was not kept');
    const after = await this.#snapshot();
    this.#same('the union', this.#before.union, after.union);
    for (const [name, before] of this.#before.branches) {
      this.#same(`the ${name} branch`, before, after.branches.get(name) ?? treeOf([]));
    }
  }

  #same(what: string, before: Tree, after: Tree): void {
    const lines = differences(before, after, 'everything');
    if (lines.length === 0) return;
    throw new ExpectationFailed(`it fails, and yet ${what} changes`, {
      evidence: [diffEvidence(what, lines)],
    });
  }

  async #snapshot(): Promise<Snapshot> {
    // First the union: one that is mounted now may put its bookkeeping into a branch. And twice: what a kernel
    // keeps of an entry's attributes (FUSE) may be older than its copy, and is asked for again once it was read.
    await this.union([]);
    const union = await this.union([]);
    const branches = new Map<string, Tree>();
    for (const { name } of this.branches) branches.set(name, await this.branch(name));
    return { union, branches };
  }

  /** Something of the images and containers of the scenario, which is begun with the first of them. */
  async images<K extends string>(
    request: ImageRequest,
    key: K,
  ): Promise<Extract<ImageAnswer, Record<K, unknown>>> {
    if (!this.begun) this.begin([]);
    const { images } = await this.ask({ do: 'images', request }, 'images');
    if (key in images) return images as Extract<ImageAnswer, Record<K, unknown>>;
    throw new HarnessError(`the agent answered ${JSON.stringify(request)} with ${JSON.stringify(images)}`);
  }

  /** The names of the layers of an image, lowest first; one that is made of no other is its own layer. */
  layerNames(image: string): readonly string[] {
    const made = this.layers.get(image);
    return made === undefined ? [image] : [...this.layerNames(made.on), ...made.names.toReversed()];
  }

  /** The union as lookup and listing show it. @throws ExpectationFailed when they disagree. */
  async union(lookUp: readonly Bytes[]): Promise<Tree> {
    const { tree, disagreements } = await this.ask({ do: 'tree', of: 'union', lookUp }, 'tree');
    if (disagreements.length > 0) {
      throw new ExpectationFailed(`lookup and listing disagree: ${disagreements.join('; ')}`);
    }
    return treeOf(tree);
  }

  async branch(name: string): Promise<Tree> {
    return treeOf((await this.ask({ do: 'tree', of: { branch: name }, lookUp: [] }, 'tree')).tree);
  }

  compare(what: string, expected: Tree, seen: Tree, by: Comparison): void {
    const wrong = differences(expected, seen, by);
    if (wrong.length === 0) return;
    throw new ExpectationFailed(`${what} differs: ${wrong[0]?.replace(/ {2,}/g, ' ')}`, {
      evidence: [diffEvidence(what, diffTrees(expected, seen, by))],
    });
  }
}

function describe(call: Call): string {
  if (call.call === 'control-group') return `${call.act.act} of a control group`;
  return 'path' in call ? `${call.call} "${display(call.path)}"` : call.call;
}

function diffEvidence(what: string, lines: readonly string[]): Evidence {
  return { title: `${what} (- expected, + seen)`, text: lines.join('\n') };
}

setWorldConstructor(UnionWorld);
