/** Which scenarios are shown: by words, by verdict, and by the backend that has it. */
import { data } from './data.client.js';
import { make } from './elements.client.js';
import { matrix, rows } from './matrix.client.js';

export const filter = document.getElementById('filter');

export function drawFilter() {
  const used = data.verdicts
    .map((words, verdict) => ({ words, verdict, count: countCells(verdict) }))
    .filter(({ count }) => count > 0);
  document
    .getElementById('verdict-choices')
    .append(
      ...used.map(({ words, verdict, count }) =>
        make(
          'label',
          { class: 'chip', title: words.meaning },
          make('input', { type: 'checkbox', name: 'verdict', value: verdict }),
          make('span', { class: `mark ${words.tone}`, 'aria-hidden': true }, words.glyph),
          ` ${words.label} `,
          make('span', { class: 'quiet' }, String(count)),
        ),
      ),
    );
  filter.elements.backend.append(
    ...data.backends.map((backend, index) => make('option', { value: index }, backend)),
  );
  filter.addEventListener('input', applyFilter);
  filter.addEventListener('reset', () => setTimeout(applyFilter));
  filter.addEventListener('submit', (event) => event.preventDefault());
  applyFilter();
}

function countCells(verdict) {
  return data.scenarios.reduce(
    (sum, scenario) => sum + scenario.cells.filter((cell) => cell.verdict === verdict).length,
    0,
  );
}

export function applyFilter() {
  const words = filter.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = new Set(
    [...filter.querySelectorAll('[name=verdict]:checked')].map((box) => Number(box.value)),
  );
  const backend = filter.elements.backend.value;
  let shown = 0;
  for (const scenario of data.scenarios) {
    const cells = backend === '' ? scenario.cells : [scenario.cells[Number(backend)]];
    const fits =
      words.every((word) => scenario.haystack.includes(word)) &&
      (chosen.size === 0 || cells.some((cell) => chosen.has(cell.verdict)));
    rows.get(scenario.id).hidden = !fits;
    if (fits) shown += 1;
  }
  for (const section of matrix.querySelectorAll('.feature')) {
    section.hidden = section.querySelector('.row:not([hidden])') === null;
  }
  document.getElementById('shown').textContent = `${shown} of ${data.scenarios.length} scenarios`;
  document.getElementById('none-fits').hidden = shown > 0;
}
