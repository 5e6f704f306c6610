import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listHosts, loadHosts } from './load-host.js';

const namesOf = async (name: string) => (await loadHosts(name)).map((host) => host.name);

test('every host is found by its own name', async () => {
  for (const host of await listHosts()) assert.deepEqual(await namesOf(host.name), [host.name]);
});

test('KIND:all is every host of a kind', async () => {
  const kernels = await namesOf('uml:all');
  assert.deepEqual(kernels.slice(0, 4), ['uml:5.10', 'uml:6.1', 'uml:6.12', 'uml:7.2']);
});

test('vagrant alone is its first machine', async () => {
  assert.deepEqual(await namesOf('vagrant'), ['vagrant:aufs']);
});

for (const [name, complaint] of [
  ['uml:6.2', /--on=uml:6\.2: there is no such kernel; there are uml:5\.10, .*, or a file/],
  ['uml', /--on=uml wants a kernel: there are uml:5\.10/],
  ['uml:./missing', /--on=uml:\.\/missing: there is no such file$/],
  ['vagrant:mac', /--on=vagrant:mac: there is no such machine; there are vagrant:aufs, vagrant:current/],
  ['loca', /--on=loca: there is no such host: did you mean local\?$/],
  ['local:2', /local is one host/],
] as const) {
  test(`--on=${name} is told what there is`, async () => {
    await assert.rejects(loadHosts(name), { message: complaint });
  });
}
