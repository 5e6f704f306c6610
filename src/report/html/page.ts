/**
 * `index.html`: the whole report in one file that needs no server and asks for nothing. Its
 * content security policy admits exactly the script and the styles it was made with.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Report } from '../../outcome.js';
import { conclusion } from '../conclusion.js';
import { backendSection } from './backends.js';
import { embeddedJson, Html, html, nothing } from './escape.js';
import { failureList, pageHeader, problemList, scoresByFeature, scoreTable } from './overview.js';
import { pageData } from './page-data.js';

const styles = ['page.css', 'overview.css', 'matrix.css', 'scenario.css'];
/** Each after those it imports. */
const scripts = ['elements', 'data', 'scenario', 'matrix', 'claims', 'filter', 'start'];

export function toHtml(report: Report): string {
  const style = styles.map(asset).join('\n');
  const script = oneScript(scripts.map((name) => asset(`client/${name}.client.js`)));
  const policy = `default-src 'none'; img-src data:; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`;
  const { header, footer } = report;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>Union conformance: ${conclusion(report)}</title>
<style>${new Html(style)}</style>
</head>
<body>
<a class="skip" href="#scenarios">To the scenarios</a>
${navigation(report)}
<main>
${pageHeader(report)}
${problemList('Problems of the run', 'problems', footer.problems)}
${problemList('Required, and missing here', 'missing', footer.missing)}
${scoreTable(report)}
${failureList(report)}
${scenarioSection(report)}
${header.claims.length === 0 ? nothing : claimSection()}
${backendSection(header.backends)}
</main>
<p id="announcement" class="spoken" role="status"></p>
<script type="application/json" id="data">${embeddedJson(pageData(report))}</script>
<script>${new Html(script)}</script>
</body>
</html>
`;
  return page.text;
}

function navigation({ header }: Report): Html {
  const sections = ['scores', 'scenarios', ...(header.claims.length === 0 ? [] : ['claims']), 'backends'];
  return html`<nav aria-label="Sections">${sections.map(
    (id) => html`<a href="#${id}">${id[0]?.toUpperCase() ?? ''}${id.slice(1)}</a>`,
  )}</nav>`;
}

function scenarioSection(report: Report): Html {
  return html`<section id="scenarios"><h2>Scenarios</h2>
<form id="filter" role="search" aria-label="Filter the scenarios">
<input type="search" name="words" placeholder="Search titles, steps, messages, ids" aria-label="Words that a scenario has" autocomplete="off" spellcheck="false">
<select name="backend" aria-label="Backend whose verdict counts"><option value="">on any backend</option></select>
<button type="reset">Clear</button>
<fieldset id="verdict-choices"><legend class="spoken">Verdicts</legend></fieldset>
<p class="quiet"><output id="shown" aria-live="polite"></output> <span class="keys"><kbd>/</kbd> search, <kbd>↑</kbd> <kbd>↓</kbd> move, <kbd>Enter</kbd> open</span></p>
</form>
<noscript>${scoresByFeature(report)}</noscript>
<div id="matrix" class="matrix"></div>
<p id="none-fits" class="note" hidden>No scenario fits.</p></section>`;
}

function claimSection(): Html {
  return html`<section id="claims"><h2>Claims</h2>
<p class="lead">What the source documents say, what is true of it, and the scenarios that show it.</p>
<div id="claim-list" class="matrix"></div></section>`;
}

function asset(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

/** Modules cannot be loaded from a file: URL, so they become one function; a name is used once in all of them. */
function oneScript(modules: readonly string[]): string {
  const bodies = modules.map((module) => module.replace(/^import [^;]+;\n/gm, '').replace(/^export /gm, ''));
  return `'use strict';\n(() => {\n${bodies.join('\n')}})();\n`;
}

function hash(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}
