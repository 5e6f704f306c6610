import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { reproduce } from './reproduce.js';

const scenario = { uri: 'features/union/lookup.feature', line: 12 };

test('a plain command needs no quotes', () => {
  assert.match(reproduce('overlay', scenario), / --backend=overlay features\/union\/lookup\.feature:12$/);
});

for (const name of ["it's", 'a b', 'a\nb\t\\', '$(ls)', 'ü']) {
  test(`a shell reads ${JSON.stringify(name)} back as it was`, () => {
    const words = reproduce(`/tmp/${name}.yaml`, scenario).replace(
      /^(npx union-conformance|npm run conformance --) /,
      '',
    );
    const seen = execFileSync('bash', ['-c', `printf '%s\\0' ${words}`], { encoding: 'utf8' });
    assert.equal(
      seen.split('\0').find((word) => word.includes('backend=')),
      `--backend=/tmp/${name}.yaml`,
    );
  });
}
