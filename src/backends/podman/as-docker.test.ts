import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from '../docker/client.js';
import { inWordsOfDocker } from './as-docker.js';

const ID = '31034db07169be305687f6f3430ed3477ec5b81a7297a225e8f033a11c1b980b';

/** What podman was asked, and what its answer becomes. */
function asked(
  parameters: readonly string[],
  answer = '',
): { readonly words: string; readonly answer: string } {
  let words = '';
  const podman: Client = Object.assign(
    (heard: readonly string[]) => {
      words = heard.join(' ');
      return answer;
    },
    { command: (heard: readonly string[]) => ['podman', ...heard] },
  );
  return { answer: inWordsOfDocker(podman)(parameters), words };
}

test('most words are the same', () => {
  assert.deepEqual(asked(['image', 'ls', '--all'], 'nothing'), {
    words: 'image ls --all',
    answer: 'nothing',
  });
});

test('containers are removed at once, and images alone', () => {
  assert.equal(asked(['container', 'rm', '--force', 'none']).words, 'container rm --time=0 --force none');
  assert.equal(asked(['image', 'rm', '--force', ID]).words, `image rm --no-prune --force ${ID}`);
});

test('a registry is asked without TLS', () => {
  assert.equal(
    asked(['image', 'pull', '127.0.0.1:5/a']).words,
    'image pull --tls-verify=false 127.0.0.1:5/a',
  );
});

test('an image is known by its digest', () => {
  assert.equal(asked(['image', 'build', '-'], ID).answer, `sha256:${ID}`);
  assert.equal(asked(['container', 'commit', 'a'], `Copying blob\n${ID}`).answer, `sha256:${ID}`);
  assert.equal(asked(['image', 'inspect', 'a'], '[{"Id": "a"}]').answer, '[{"Id": "a"}]');
});

test('the history is a line for each step', () => {
  const steps = [
    { id: ID, created: '2027', CreatedBy: '/bin/sh -c #(nop) ADD', size: 12, comment: '' },
    { id: '<missing>', size: 0 },
  ];
  assert.deepEqual(asked(['image', 'history', 'a'], JSON.stringify(steps)).answer.split('\n'), [
    `{"ID":"sha256:${ID}","CreatedBy":"/bin/sh -c #(nop) ADD","Size":"12"}`,
    '{"ID":"<missing>","CreatedBy":"","Size":"0"}',
  ]);
});
