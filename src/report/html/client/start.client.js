/** Draws the page; then links into it, and the keyboard. */
import { drawClaims } from './claims.client.js';
import { applyFilter, drawFilter, filter } from './filter.client.js';
import { drawMatrix, rows } from './matrix.client.js';

drawMatrix();
drawClaims();
drawFilter();

/** `#whiteout.3` or `#U14`: opens it, whatever the filter says, and goes there. */
function followLink() {
  let name = location.hash.slice(1);
  try {
    name = decodeURIComponent(name);
  } catch {
    // A hash that is not encoded is taken as it is.
  }
  const row = rows.get(name);
  if (row === undefined) return;
  if (row.hidden) {
    filter.reset();
    applyFilter();
  }
  row.dispatchEvent(new Event('fill'));
  row.open = true;
  row.scrollIntoView();
  row.querySelector('summary').focus({ preventScroll: true });
}

addEventListener('hashchange', followLink);
followLink();

/** The address always leads to what was opened last. */
document.addEventListener(
  'click',
  (event) => {
    const summary = event.target.closest?.('.row > summary');
    if (summary && !summary.parentElement.open) {
      history.replaceState(null, '', `#${encodeURIComponent(summary.parentElement.id)}`);
    }
  },
  true,
);

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isTyping = event.target.matches('input, select, textarea');
  if (event.key === '/' && !isTyping) {
    event.preventDefault();
    filter.elements.words.focus();
    filter.elements.words.select();
  } else if (event.key === 'Escape' && event.target === filter.elements.words) {
    filter.reset();
  } else if (event.target.matches('.row > summary')) {
    moveFrom(event);
  }
});

/** Up, down, first and last among the rows that are shown. */
function moveFrom(event) {
  const list = event.target.closest('#matrix, #claim-list');
  const summaries = [...list.querySelectorAll('.row > summary')].filter(
    (summary) => summary.offsetParent !== null,
  );
  const here = summaries.indexOf(event.target);
  const next = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: summaries.length - 1 }[event.key];
  if (summaries[next] === undefined) return;
  event.preventDefault();
  summaries[next].focus();
}
