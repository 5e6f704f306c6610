/** Each claim of the source documents, what is true of it, and the scenarios that show it. */
import { data } from './data.client.js';
import { column, make } from './elements.client.js';
import { backendNames, fillOnce, rows } from './matrix.client.js';

function claimRow(claim) {
  const shownBy = data.scenarios.filter((scenario) => scenario.claims.includes(claim.id));
  const row = make(
    'details',
    { class: 'row', id: claim.id },
    make(
      'summary',
      {},
      make(
        'span',
        { class: 'title' },
        make('b', { class: 'number' }, claim.id),
        ` ${claim.statement}`,
        make('span', { class: 'id' }, `source ${claim.source}`),
        claim.truth === undefined ? '' : make('span', { class: 'truth' }, `What is true: ${claim.truth}`),
      ),
      shownBy.length === 0
        ? make('span', { class: 'cell quiet none' }, 'no scenario')
        : data.backends.map((backend, index) => claimCell(backend, shownBy, index)),
    ),
  );
  fillOnce(row, () => claimDetails(shownBy));
  return row;
}

/** The worst of its scenarios that ran, and how many of all hold. */
function claimCell(backend, shownBy, index) {
  const cells = shownBy.map((scenario) => scenario.cells[index]);
  const worst = ['broken', 'unknown', 'deviates', 'holds', 'absent']
    .map((tone) => cells.find((cell) => cell.words.tone === tone))
    .find((cell) => cell !== undefined);
  const hold = cells.filter((cell) => cell.words.tone === 'holds').length;
  const shown = hold === cells.length ? worst.words.glyph : `${worst.words.glyph} ${hold}/${cells.length}`;
  const spoken = `${worst.words.label}, ${hold} of ${cells.length} scenarios hold`;
  return column(backend, worst.words.tone, shown, spoken);
}

function claimDetails(shownBy) {
  return make(
    'div',
    { class: 'inside' },
    make(
      'ul',
      { class: 'shown-by' },
      shownBy.map((scenario) =>
        make(
          'li',
          { class: 'grid' },
          make(
            'span',
            { class: 'title' },
            make('a', { href: `#${encodeURIComponent(scenario.id)}` }, scenario.name),
          ),
          scenario.cells.map((cell) =>
            column(cell.backend, cell.words.tone, cell.words.glyph, cell.words.label),
          ),
        ),
      ),
    ),
  );
}

export function drawClaims() {
  const list = document.getElementById('claim-list');
  if (list === null) return;
  list.style.setProperty('--backends', data.backends.length);
  const made = data.claims.map((claim) => {
    const row = claimRow(claim);
    if (!rows.has(claim.id)) rows.set(claim.id, row);
    return row;
  });
  list.append(backendNames(), ...made);
  list.querySelector('.columns .title').textContent = 'claim, and what is true of it';
}
