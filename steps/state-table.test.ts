import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences } from '../src/tree/diff-trees.js';
import { branchesOf, comparable, expectedColumns, pathOf, plantedOf, saysModes } from './state-table.js';

test('each column of a Given is a branch with its mode', () => {
  const table = [
    ['path', 'upper (rw)', 'lower (ro+wh)'],
    ['a', '', 'old'],
    ['d/', '(opaque)', '(directory)'],
  ];
  assert.deepEqual(branchesOf(table), [
    { name: 'upper', mode: 'rw', entries: [['d', { kind: 'directory', opaque: true }]] },
    {
      name: 'lower',
      mode: 'ro+wh',
      entries: [
        ['a', { kind: 'file', content: 'old' }],
        ['d', { kind: 'directory', opaque: false }],
      ],
    },
  ]);
});

test('a column may leave its mode out, lie apart, or have a size', () => {
  assert.equal(saysModes([['path', 'a', 'b']]), false);
  assert.deepEqual(
    branchesOf([['path', 'a', 'b']]).map(({ mode }) => mode),
    ['rw', 'ro'],
  );
  assert.deepEqual(branchesOf([['path', 'a (rw, 2 MiB)', 'b (apart)']]), [
    { name: 'a', mode: 'rw', size: 2097152, entries: [] },
    { name: 'b', mode: 'apart', entries: [] },
  ]);
});

test('a header or a cell outside of the vocabulary is refused', () => {
  assert.throws(() => branchesOf([['path', 'upper (rw)', 'lower'], []]), /want NAME \(MODE\)/);
  assert.throws(() => branchesOf([['path', 'Upper'], []]), /want NAME \(MODE\)/);
  assert.throws(() => branchesOf([['path', 'upper (wr)'], []]), /one of rw, ro/);
  assert.throws(() => plantedOf('(sokcet)'), /not in the vocabulary/);
  assert.throws(
    () =>
      expectedColumns([
        ['path', 'union'],
        ['a', '= b'],
      ]),
    /is for a Given/,
  );
});

test('cells say kinds and contents', () => {
  assert.equal(plantedOf(''), undefined);
  assert.deepEqual(plantedOf('-> ../t'), { kind: 'symlink', target: '../t' });
  assert.deepEqual(plantedOf('(char 1:3)'), { kind: 'character-device', device: { major: 1, minor: 3 } });
  assert.deepEqual(plantedOf('(12 zeros)'), { kind: 'zeros', size: 12 });
  assert.deepEqual(plantedOf('two\\nlines'), { kind: 'file', content: 'two\nlines' });
});

test('a name may be written short', () => {
  assert.equal(pathOf('{n×255}').length, 255);
  assert.equal(pathOf('d/'), 'd');
  assert.equal(pathOf('.'), '');
});

function columnOf(...rows: readonly (readonly [string, string])[]) {
  const [column] = expectedColumns([['path', 'union'], ...rows]);
  assert.ok(column !== undefined);
  return column.tree;
}

test('a column is exhaustive, and needs no row for the directories on the way', () => {
  const expected = columnOf(['d/e/a', 'x'], ['b', '']);
  assert.deepEqual([...expected.keys()], ['', 'd', 'd/e', 'd/e/a']);
  const seen = columnOf(['d/e/a', 'x'], ['b', 'y']);
  assert.deepEqual(differences(expected, seen, 'content'), ['+ b  y']);
});

test('a directory has to be opaque only where the table says so', () => {
  const [opaque, plain] = [columnOf(['d', '(opaque)']), columnOf(['d', '(directory)'])];
  assert.deepEqual(differences(plain, comparable(opaque, plain), 'content'), []);
  assert.equal(differences(opaque, comparable(plain, opaque), 'content').length, 2);
});
