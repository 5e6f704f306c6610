/** The matrix: features, and in them a row for each scenario that opens when it is asked for. */
import { data } from './data.client.js';
import { column, make } from './elements.client.js';
import { scenarioDetails } from './scenario.client.js';

export const matrix = document.getElementById('matrix');
export const rows = new Map();

function scenarioRow(scenario) {
  const row = make(
    'details',
    { class: 'row', id: scenario.id },
    make(
      'summary',
      {},
      make(
        'span',
        { class: 'title' },
        scenario.name,
        make('span', { class: 'id' }, make('span', { class: 'spoken' }, ', '), scenario.id),
      ),
      scenario.cells.map((cell) => column(cell.backend, cell.words.tone, cell.words.glyph, cell.words.label)),
    ),
  );
  fillOnce(row, () => scenarioDetails(scenario));
  return row;
}

/** Hundreds of scenarios stay quick when only the open ones are made. */
export function fillOnce(row, content) {
  const fill = () => {
    if (row.childElementCount === 1) row.append(content());
  };
  row.addEventListener('toggle', () => row.open && fill());
  row.addEventListener('fill', fill);
}

function featureScore([holds, executed, all, coverage], index) {
  const spoken = `${holds} of ${executed} hold, coverage ${coverage}, ${executed} of ${all}`;
  return make(
    'span',
    { class: 'cell score', title: `${data.backends[index]}: ${spoken}` },
    make('span', { 'aria-hidden': true }, executed === 0 ? '–' : `${holds}/${executed}`),
    make('small', { 'aria-hidden': true }, coverage),
    make('span', { class: 'spoken' }, ` ${data.backends[index]}: ${spoken}.`),
  );
}

export function drawMatrix() {
  matrix.style.setProperty('--backends', data.backends.length);
  const groups = data.features.map((feature, index) => {
    const scenarios = data.scenarios.filter((scenario) => scenario.feature === index);
    const made = scenarios.map((scenario) => {
      const row = scenarioRow(scenario);
      rows.set(scenario.id, row);
      return row;
    });
    return make(
      'section',
      { class: 'feature' },
      make(
        'div',
        { class: 'grid' },
        make('h3', { class: 'title' }, feature.name, make('span', { class: 'id' }, feature.uri)),
        feature.scores.map(featureScore),
      ),
      made,
    );
  });
  matrix.append(backendNames(), ...groups);
}

/** The heads of the columns; each row says them again to who cannot see them. */
export function backendNames() {
  return make(
    'div',
    { class: 'grid columns', 'aria-hidden': true },
    make('span', { class: 'title' }, 'hold / executed, and coverage'),
    data.backends.map((backend) => make('span', { class: 'cell' }, breakable(backend))),
  );
}

/** A long name may be broken after a hyphen, and nowhere else. */
function breakable(name) {
  return name.split(/(?<=[-_.])/).flatMap((part) => [part, make('wbr', {})]);
}
