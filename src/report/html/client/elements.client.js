/** Makes an element; text is always text, never markup. */
export function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key, value);
    else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== ''));
  return element;
}

/** The coloured square of a verdict; colour is never the only sign. */
export function badge(words, extra = '') {
  return make('span', { class: `badge ${words.tone} ${extra}`, 'aria-hidden': true }, words.glyph);
}

/** One column of a row: what is seen, and what is read out. */
export function column(backend, tone, shown, spoken) {
  return make(
    'span',
    { class: 'cell', title: `${backend}: ${spoken}` },
    make('span', { class: `badge ${tone}`, 'aria-hidden': true }, shown),
    make('span', { class: 'spoken' }, ` ${backend}: ${spoken}.`),
  );
}

export function milliseconds(number) {
  return number < 1000 ? `${number} ms` : `${(number / 1000).toFixed(1)} s`;
}

export async function copyText(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = make('textarea', { class: 'spoken' });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
    button.focus();
  }
  const before = [...button.childNodes];
  if (button.textContent === 'Copied') return;
  button.replaceChildren('Copied');
  document.getElementById('announcement').textContent = 'The command is in the clipboard.';
  setTimeout(() => {
    button.replaceChildren(...before);
  }, 1500);
}
