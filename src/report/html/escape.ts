/** Text inside HTML. Names come from file systems under test: none of it may become markup. */
import { printable } from '../printable.js';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** HTML that was made by `html`, and nothing else. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Html | readonly Html[];

/** A template whose values are escaped, but for HTML that was made by a template. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(
    strings.map((string, index) => string + (index < parts.length ? show(parts[index] ?? '') : '')).join(''),
  );
}

export const nothing = new Html('');

/** JSON for a `<script type="application/json">`: it can neither end the element nor open a comment. */
export function embeddedJson(value: unknown): Html {
  const escaped = JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return new Html(escaped);
}

function show(part: Part): string {
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(({ text }) => text).join('');
  return printable(`${part}`).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
