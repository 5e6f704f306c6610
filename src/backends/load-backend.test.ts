import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { UsageError } from '../catalogue/usage-error.js';
import { deviationsFileOf, listBackends, loadBackend } from './load-backend.js';

const folder = mkdtempSync(join(tmpdir(), 'load-backend-'));
after(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

for (const name of listBackends()) {
  test(`the folder ${name} holds the backend ${name}`, async () => {
    assert.equal((await loadBackend(name)).name, name);
  });
}

test('a name that is nearly one is told the right one', async () => {
  await assert.rejects(
    loadBackend('overlayfs'),
    new UsageError('there is no backend overlayfs: did you mean overlay?'),
  );
});

test('a variant is one of those that a module exports', async () => {
  assert.equal((await loadBackend('docker:aufs')).name, 'docker:aufs');
  assert.match(await deviationsFileOf('docker:aufs'), /docker\/deviations-aufs\.yaml$/);
  assert.match(await deviationsFileOf('docker:overlay2'), /docker\/deviations\.yaml$/);
  await assert.rejects(
    loadBackend('docker:auf'),
    new UsageError('there is no backend docker:auf: did you mean docker:aufs?'),
  );
  await assert.rejects(
    loadBackend('overlay:fast'),
    new UsageError('there is no backend overlay:fast: overlay has no variants'),
  );
  await assert.rejects(
    loadBackend('dokcer:aufs'),
    new UsageError('there is no backend dokcer: did you mean docker?'),
  );
  await assert.rejects(
    loadBackend('mergerfs:x'),
    new UsageError('there is no backend mergerfs:x: mergerfs has no variants'),
  );
});

test('a file that is not there is told', async () => {
  await assert.rejects(loadBackend('./none.yaml'), new UsageError('backend ./none.yaml: no such file'));
});

test('a file of another kind is refused', async () => {
  const file = write('backend.txt', '');
  await assert.rejects(loadBackend(file), /a file of a backend ends in \.yaml, \.yml, \.js or \.mjs/);
});

test('a module that cannot be loaded is told why', async () => {
  await assert.rejects(loadBackend(write('e.mjs', 'export default {')), /it cannot be loaded: SyntaxError/);
});

test('a module has to export a backend', async () => {
  await assert.rejects(loadBackend(write('a.mjs', '')), /it has no default export/);
  await assert.rejects(
    loadBackend(write('b.mjs', "export default { name: 'b' }")),
    /its title is undefined, not a string/,
  );
  const strange = "{ name: 'c', title: 'c', format: {}, probe() {}, mount() {}, capabilities: ['whiteout'] }";
  await assert.rejects(
    loadBackend(write('c.mjs', `export default ${strange}`)),
    /there is no capability whiteout: did you mean whiteouts\?/,
  );
});

test('a module that is a backend is loaded', async () => {
  const backend =
    "{ name: 'd', title: 'd', format: {}, probe() {}, mount() {}, capabilities: ['whiteouts'] }";
  assert.equal((await loadBackend(write('d.mjs', `export default ${backend}`))).name, 'd');
});
