/** The backends of the run: what they are, what they say they can do, and how to get those that are missing. */
import { capabilities } from '../../capability.js';
import type { BackendSummary } from '../../outcome.js';
import { type Html, html, nothing } from './escape.js';

export function backendSection(backends: readonly BackendSummary[]): Html {
  return html`<section id="backends"><h2>Backends</h2><div class="cards">${backends.map(card)}</div>${capabilityTable(backends)}</section>`;
}

function card({ name, title, version, note, unavailable }: BackendSummary): Html {
  const state =
    unavailable === undefined
      ? html`<p class="version">${version}</p>${note === undefined ? nothing : html`<p class="quiet">${note}</p>`}`
      : html`<p><b>Not available here:</b> ${unavailable.reason}</p><p><b>To get it:</b> ${unavailable.remedy}</p>`;
  return html`<article id="backend-${encodeURIComponent(name)}"${unavailable === undefined ? nothing : html` class="missing"`}><h3>${name}</h3><p class="quiet">${title}</p>${state}</article>`;
}

/** Only capabilities that some backend has, and of backends that say what they can do. */
function capabilityTable(backends: readonly BackendSummary[]): Html {
  const columns = backends.filter(({ capabilities: declared }) => declared.length > 0);
  const rows = Object.entries(capabilities).filter(([capability]) =>
    columns.some(({ capabilities: declared }) => declared.some((each) => each === capability)),
  );
  if (rows.length === 0) return nothing;
  return html`<h3>Capabilities</h3><div class="wide" role="region" aria-label="Capabilities" tabindex="0"><table class="capabilities"><thead><tr><th scope="col">capability</th>${columns.map(
    ({ name }) => html`<th scope="col">${name}</th>`,
  )}</tr></thead><tbody>${rows.map(
    ([capability, meaning]) =>
      html`<tr><th scope="row">${capability}<small>${meaning}</small></th>${columns.map(
        ({ capabilities: declared }) =>
          declared.some((each) => each === capability)
            ? html`<td class="holds">✓<span class="spoken"> yes</span></td>`
            : html`<td class="absent">–<span class="spoken"> no</span></td>`,
      )}</tr>`,
  )}</tbody></table></div>`;
}
