/** What is inside of a scenario once it is opened: its Gherkin, and each backend's verdict. */
import { data } from './data.client.js';
import { badge, copyText, make, milliseconds } from './elements.client.js';

export function scenarioDetails(scenario) {
  const feature = data.features[scenario.feature];
  const facts = [
    make('a', { href: `#${encodeURIComponent(scenario.id)}` }, scenario.id),
    make('span', {}, `${feature.uri}:${scenario.line}`),
    ...scenario.claims.map(claimLink),
    ...scenario.needs.map((need) => make('span', {}, `needs ${need}`)),
  ];
  return make(
    'div',
    { class: 'inside' },
    make('p', { class: 'facts' }, facts),
    scenario.rule === '' ? '' : make('p', { class: 'rule' }, make('b', {}, 'Rule: '), scenario.rule),
    gherkin(scenario),
    make('ul', { class: 'verdicts' }, scenario.cells.map(backendVerdict)),
  );
}

function claimLink(id) {
  const isListed = data.claims.some((claim) => claim.id === id);
  return make(isListed ? 'a' : 'span', { href: isListed && `#${encodeURIComponent(id)}` }, `claim ${id}`);
}

/** The steps; those that a backend stopped in are marked with its name. */
function gherkin(scenario) {
  const lines = scenario.steps.map((line) => {
    const [, indent, keyword, rest] = /^(\s*)(Given|When|Then|And|But|\*)?(.*)$/s.exec(line);
    const stopped = scenario.cells.filter(
      (cell) => cell.step !== '' && withoutKeyword(cell.step) === rest.trim(),
    );
    const names = stopped.map((cell) => `${cell.words.glyph} ${cell.backend}`).join('  ');
    return make(
      'span',
      { class: stopped.length === 0 ? 'line' : 'line stopped' },
      indent,
      keyword === undefined ? '' : make('b', {}, keyword),
      rest,
      names === '' ? '' : make('i', {}, `   ${names}`),
      '\n',
    );
  });
  return make('pre', { class: 'gherkin', tabindex: 0, 'aria-label': 'Steps' }, lines);
}

function withoutKeyword(step) {
  return step.trim().replace(/^(Given|When|Then|And|But|\*) /, '');
}

function backendVerdict(cell) {
  const isPlain = cell.message === '' && cell.deviation === undefined;
  const copy = make(
    'button',
    {
      type: 'button',
      'aria-label': `Copy the command that runs this on ${cell.backend}`,
      title: cell.command,
      click: (event) => copyText(cell.command, event.currentTarget),
    },
    'Copy',
    isPlain ? make('span', { class: 'keys' }, ' command') : '',
  );
  const head = make(
    'div',
    { class: 'head' },
    badge(cell.words),
    make('b', {}, cell.backend),
    make('span', { class: `word ${cell.words.tone}`, title: cell.words.meaning }, cell.words.label),
    cell.duration === 0 ? '' : make('span', { class: 'quiet' }, milliseconds(cell.duration)),
    isPlain && cell.command !== '' ? copy : '',
  );
  if (isPlain) return make('li', {}, head);
  return make(
    'li',
    { class: `told ${cell.words.tone}` },
    head,
    cell.step === '' ? '' : make('p', { class: 'quiet' }, 'at ', make('code', {}, cell.step)),
    cell.message === '' ? '' : make('p', { class: 'message' }, cell.message),
    cell.remedy === '' ? '' : make('p', {}, `To get it: ${cell.remedy}`),
    cell.deviation === undefined ? '' : deviation(cell.deviation),
    cell.evidence.map(evidence),
    cell.command === '' ? '' : make('div', { class: 'command' }, make('code', {}, cell.command), copy),
  );
}

function deviation([kind, reason, reference]) {
  const isLink = /^https?:\/\/\S+$/.test(reference);
  return make(
    'p',
    { class: 'deviation' },
    make('b', {}, `Recorded deviation (${kind}): `),
    `${reason} `,
    isLink ? make('a', { href: reference, rel: 'noreferrer' }, reference) : reference,
  );
}

function evidence({ title, text: shown }) {
  const lines = shown.replace(/\n+$/, '').split('\n');
  const isDiff =
    lines.every((line) => /^( {2}|- |\+ |$)/.test(line)) && lines.some((line) => /^[-+] /.test(line));
  const tone = (line) => (line.startsWith('- ') ? 'expected' : line.startsWith('+ ') ? 'seen' : '');
  return make(
    'figure',
    {},
    make('figcaption', {}, title, isDiff ? make('span', { class: 'quiet' }, '  − expected, + seen') : ''),
    make(
      'pre',
      { tabindex: 0, 'aria-label': title },
      lines.map((line) => make('span', { class: `line ${isDiff ? tone(line) : ''}` }, line, '\n')),
    ),
  );
}
