/** What a container of an image shows, and what the engine says of it. */
import { Then } from '@cucumber/cucumber';
import { type Bytes, display, nameOf } from '../src/bytes.js';
import { ExpectationFailed } from '../src/runner/stage.js';
import { showContent } from '../src/tree/show-entry.js';
import { expect, expectSame } from './expect.js';
import type { UnionWorld } from './world.js';

Then(
  'the changes of container {word} are {names}',
  async function (this: UnionWorld, container: string, names: Bytes[]) {
    this.insistOnSuccess();
    const { changes } = await this.images({ ask: 'changes', container }, 'changes');
    const seen = changes.map(({ kind, path }) => `${kind} ${display(path)}`);
    expectSame(`the changes of container ${container}`, seen.sort(), names.map(display).sort());
  },
);

Then(
  '{path} in container {word} reads {text}',
  async function (this: UnionWorld, path: Bytes, container: string, text: Bytes) {
    const content = await readIn(this, container, path);
    const what = `"${display(path)}" in container ${container}`;
    if (content === null) throw new ExpectationFailed(`${what} does not exist`, { errno: 'ENOENT' });
    expect(content === text, `${what} reads "${showContent(content)}", not "${showContent(text)}"`);
  },
);

Then(
  '{path} does not exist in container {word}',
  async function (this: UnionWorld, path: Bytes, container: string) {
    const content = await readIn(this, container, path);
    expect(content === null, `"${display(path)}" exists in container ${container}`);
  },
);

async function readIn(world: UnionWorld, container: string, path: Bytes): Promise<Bytes | null> {
  world.insistOnSuccess();
  return (await world.images({ ask: 'read', container, path }, 'content')).content;
}

Then(
  'the mount point of container {word} lists {names}',
  async function (this: UnionWorld, container: string, names: Bytes[]) {
    this.insistOnSuccess();
    const { paths } = await this.images({ ask: 'mount-point', container }, 'paths');
    expectSame(
      `the mount point of container ${container}`,
      paths.map(display).sort(),
      names.map(display).sort(),
    );
  },
);

Then(
  'the engine keeps {names} of container {word}',
  async function (this: UnionWorld, names: Bytes[], container: string) {
    this.insistOnSuccess();
    const { metadata } = await this.images({ ask: 'metadata', container }, 'metadata');
    for (const name of names) expect(nameOf(name) in metadata, `the engine keeps no ${display(name)}`);
  },
);

Then('the engine notes which image container {word} is of', async function (this: UnionWorld, name: string) {
  this.insistOnSuccess();
  const { metadata, container, image } = await this.images({ ask: 'metadata', container: name }, 'metadata');
  const notes = Object.values(metadata).some((text) => text.includes(container) && text.includes(image));
  expect(notes, `no file that the engine keeps of container ${name} names it and its image`);
});

Then(
  '{text} prints {text} in container {word} of its image',
  async function (this: UnionWorld, command: Bytes, text: Bytes, container: string) {
    this.insistOnSuccess();
    const { status, output } = await this.images({ act: 'run', container, command }, 'status');
    expect(status === 0, `${command} ends with ${status}: ${output}`);
    expect(
      output === text,
      `${command} prints "${showContent(output as Bytes)}", not "${showContent(text)}"`,
    );
  },
);
